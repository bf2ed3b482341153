// Suggestions under the search box, as an ARIA combobox (list autocomplete with manual selection).
// Nothing depends on it: without scripts the form works as it stands.
(() => {
  "use strict";
  const WAIT_MS = 90;
  document.querySelectorAll('form[role="search"] input[type="search"]').forEach((input) => {
    const list = document.createElement("ul");
    list.id = input.id + "-goi-y";
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestions || "");
    input.after(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    let timer = 0, asked = "", at = -1;

    const options = () => [...list.children];
    const close = () => {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const point = (next) => {
      const all = options();
      if (!all.length) return;
      at = (next + all.length) % all.length;
      all.forEach((one, n) => one.setAttribute("aria-selected", String(n === at)));
      input.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    };
    const show = (suggestions) => {
      list.replaceChildren(...suggestions.map((one, n) => {
        const option = document.createElement("li");
        option.id = list.id + "-" + n;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = one.text;
        option.dataset.url = one.url;
        const kind = document.createElement("small");
        kind.textContent = input.dataset[one.kind] || "";
        option.append(" ", kind);
        option.addEventListener("mousedown", (event) => { event.preventDefault(); location.href = one.url; });
        return option;
      }));
      at = -1;
      list.hidden = !suggestions.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };
    const ask = async () => {
      const typed = input.value.trim();
      if (typed === asked) return;
      asked = typed;
      if (typed.length < 2) return close();
      const answer = await fetch("/api/v1/suggest?" + new URLSearchParams({ q: typed })).catch(() => null);
      if (!answer || !answer.ok || asked !== typed || document.activeElement !== input) return;
      show((await answer.json()).suggestions);
    };
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT_MS); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
      else if (event.key === "ArrowDown" && !list.hidden) { event.preventDefault(); point(at + 1); }
      else if (event.key === "ArrowUp" && !list.hidden) { event.preventDefault(); point(at < 0 ? -1 : at - 1); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); location.href = options()[at].dataset.url; }
    });
  });
})();
