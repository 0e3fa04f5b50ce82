// For another site: a link to our chat opens it in a small window on that page. Without scripts it stays a link.
//   <a href="https://…/praat/nabij" data-nabij-chat>Chat met ons</a>
//   <script type="module" src="https://…/static/nabij-chat.js"></script>

for (const link of document.querySelectorAll("a[data-nabij-chat]")) {
  let frame = null;
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    frame ??= made(link);
    toggle(frame.hidden);
  });
  link.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); link.click(); } });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && frame && !frame.hidden) { toggle(false); link.focus(); } });

  function toggle(open) {
    frame.hidden = !open;
    frame.style.display = open ? "block" : "none";
    link.setAttribute("aria-expanded", String(open));
    if (open) frame.focus();
  }
}

function made(link) {
  const frame = document.createElement("iframe");
  const address = new URL(link.href);
  address.searchParams.set("venster", "1");
  frame.src = address.href;
  frame.title = link.textContent.trim();
  frame.hidden = true;
  Object.assign(frame.style, {
    position: "fixed", insetBlockEnd: "1rem", insetInlineEnd: "1rem", zIndex: "2147483000", border: "1px solid #687887",
    borderRadius: "0.75rem", background: "#ffffff", inlineSize: "min(26rem, calc(100vw - 2rem))", blockSize: "min(42rem, calc(100vh - 2rem))",
  });
  link.after(frame);
  return frame;
}
