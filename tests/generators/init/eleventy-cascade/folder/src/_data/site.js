const host = "orchard.example.org";

export default {
  nav: [{ title: "Home", url: "/" }],
  author: { name: "Ann Apple", url: "https://ann.example.org" },
  siteName: "The orchard",
  baseUrl: `https://${host}`,
};
