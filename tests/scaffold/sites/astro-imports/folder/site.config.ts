export default define({
  site: { url: "https://keel.example.net/", title: "Keel", description: "What is below.", lang: "en", timezone: "Europe/Oslo" },
});
