import { defineConfig } from "astro/config";
import site from "./site.config";

export default defineConfig({ site: site.site.url });
