import { feedPlugin } from "@11ty/eleventy-plugin-rss";

export default function (eleventyConfig) {
  eleventyConfig.addPlugin(feedPlugin, {
    outputPath: "/feed.xml",
    collection: { name: "posts", limit: 7 },
    metadata: { language: "en", title: "Slipway", base: "https://slipway.example.net/" },
  });
}
