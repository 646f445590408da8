import { defineConfig } from "astro/config";
export default defineConfig({ site: "https://tide.example.org", base: "/tables" });
