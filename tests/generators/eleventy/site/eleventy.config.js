import { feedPlugin } from "@11ty/eleventy-plugin-rss";

export default function (config) {
  config.addPreprocessor("drafts", "*", (data) => (data.draft ? false : undefined));
  config.addPlugin(feedPlugin, {
    type: "atom",
    outputPath: "/feed.xml",
    collection: { name: "posts", limit: 0 },
    metadata: {
      language: "en",
      title: "The workshop",
      subtitle: "Wood and glue",
      base: "https://workshop.example.org/",
      author: { name: "Joiner" },
    },
  });
}
