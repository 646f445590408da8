import { feedPlugin } from "@11ty/eleventy-plugin-rss";
export default function (c) { c.addPlugin(feedPlugin, { type: "atom", outputPath: "/feed.xml", collection: { name: "posts", limit: 10 }, metadata: { language: "en", title: "T", subtitle: "s", base: "https://e.example.org/", author: { name: "A" } } }); }
export const config = { pathPrefix: "/sub/", dir: { input: "." } };
