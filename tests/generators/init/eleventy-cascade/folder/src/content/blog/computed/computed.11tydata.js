export default {
  eleventyComputed: {
    permalink: (data) => (data.draft ? false : `${data.page.fileSlug}/${data.page.fileSlug}.html`),
  },
};
