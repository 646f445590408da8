export default { tags: ["trees"] };
