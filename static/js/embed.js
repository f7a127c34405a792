// Shows the button of each embed, and loads the provider's frame only when a reader presses it.

for (const embed of document.querySelectorAll("[data-frame]")) {
  const button = embed.querySelector("button");
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-presentation";
    frame.allow = "fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.title = embed.dataset.title;
    frame.src = embed.dataset.frame;
    embed.querySelector("[data-choice]").replaceWith(frame);
    frame.focus();
  });
  embed.querySelector("[data-choice]").hidden = false;
}
