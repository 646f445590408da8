export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("img");
  eleventyConfig.addCollection("posts", (api) => api.getFilteredByGlob("src/posts/**/*.md"));
  eleventyConfig.addFilter("slugify2", (s) => s);
  return { dir: { input: "src", output: "_site", includes: "_includes" } };
}
