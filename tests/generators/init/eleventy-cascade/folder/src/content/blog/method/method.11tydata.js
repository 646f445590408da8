// { permalink: "/not/" }
export default {
  eleventyComputed: {
    permalink(data) {
      return `/m/${this.slugify(data.title)}/`;
    },
  },
};
