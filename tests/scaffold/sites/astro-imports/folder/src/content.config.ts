import { glob } from "astro/loaders";
export const FOLDER = "src/data/blog";
const blog = defineCollection({ loader: glob({ pattern: "**/[^_]*.md", base: `./${FOLDER}` }) });
