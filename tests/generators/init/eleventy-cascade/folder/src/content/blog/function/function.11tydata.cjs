module.exports = function () {
  return { permalink: function ({ page }) { return `/f/${page.fileSlug}/`; } };
};
