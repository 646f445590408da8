import { feedPlugin } from "@11ty/eleventy-plugin-rss";
export default async function(eleventyConfig) {
	eleventyConfig.addPlugin(feedPlugin, {
		type: "atom",
		outputPath: "/feed/feed.xml",
		collection: { name: "posts", limit: 5, },
		metadata: {
			language: "en",
			title: "Net Blog",
			subtitle: "Nets and knots.",
			base: "https://net.example.org/",
			author: { name: "Nell Net" }
		}
	});
};
export const config = {
	templateFormats: ["md", "njk"],
	dir: { input: "content", includes: "../_includes", data: "../_data", output: "_site" },
};
