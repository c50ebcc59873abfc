// The tiny page's own code: keeps the events it was told, for tests to look at.
window.heard = [];
window.bridge.subscribe((event) => window.heard.push(event));
document.documentElement.dataset.ready = "yes";
