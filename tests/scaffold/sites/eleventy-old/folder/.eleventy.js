module.exports = function (eleventyConfig) {
  return { markdownTemplateEngine: false, dir: { input: 'src', output: 'dist' } };
};
