import own from "@/site.config";
export default { site: own.site };
