export default {
  author: "Cy Cleat",
  draft: true,
};
