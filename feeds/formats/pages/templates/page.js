"use strict";
(() => {
  const status = document.getElementById("status");

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Without encryption, or without permission, browsers have only the older way.
    }
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };

  for (const button of document.querySelectorAll("button[data-address]")) {
    const label = [...button.childNodes];
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copy(button.dataset.address);
      button.focus();
      button.textContent = done ? "Copied" : "Failed";
      status.textContent = done ? `Copied ${button.dataset.address}` : "The browser does not allow copying";
      setTimeout(() => {
        button.replaceChildren(...label);
        status.textContent = "";
      }, 3000);
    });
  }

  for (const field of document.querySelectorAll("input[readonly]")) {
    field.addEventListener("focus", () => field.select());
  }

  const search = document.getElementById("search");
  if (!search) return;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const found = document.getElementById("found");
  const topics = [...document.querySelectorAll("[data-topic]")].map((row) => [row, plain(row.dataset.topic)]);
  const filter = () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [row, name] of topics) {
      row.hidden = !words.every((word) => name.includes(word));
      count += !row.hidden;
    }
    found.textContent = words.length ? `${count} of ${topics.length} topics` : "";
  };
  search.closest("[hidden]").hidden = false;
  search.addEventListener("input", filter);
  filter();
})();
