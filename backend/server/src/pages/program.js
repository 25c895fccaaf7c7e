// Starts the program when the page says so, and tells when it does not come.
const source = document.getElementById('orion-start');
const { when, script, module } = source.dataset;
let begun = false;
let running = false;
// What was pressed and only the program can answer: it waits for it.
let pressed = null;
const tell = () => {
  const failed = document.getElementById('orion-failed');
  if (begun && !running && failed) failed.hidden = false;
};
// Compiled while it comes, beside the page; starting is then the only thing left to do.
const fetchProgram = (priority) => {
  if (!module || window.orionProgram) return;
  const link = document.createElement('link');
  Object.assign(link, { rel: 'modulepreload', href: script, fetchPriority: priority });
  document.head.append(link);
  window.orionProgram = WebAssembly.compileStreaming(fetch(module, { priority }));
  // Whoever starts the program tries again, and tells.
  window.orionProgram.catch(() => { window.orionProgram = undefined; });
};
const start = () => {
  if (begun) return;
  begun = true;
  fetchProgram('high');
  const starter = document.createElement('script');
  starter.type = 'module';
  starter.nonce = source.nonce;
  starter.textContent = source.textContent;
  starter.addEventListener('error', tell);
  document.head.append(starter);
  setTimeout(tell, 20000);
};
const answer = () => {
  const element = document.querySelector(`#app ${pressed.dataset.then}`);
  if (element?.matches('select')) element.focus();
  else element?.click();
};
const ready = () => {
  if (running) return;
  running = true;
  document.getElementById('orion-waiting')?.remove();
  if (pressed) answer();
};
addEventListener('orion-shown', ready);
addEventListener('TrunkApplicationStarted', () => {
  // The shop is made in several tasks and says so itself.
  if (!document.getElementById('orion-content')) ready();
});
addEventListener('unhandledrejection', tell);
addEventListener('error', tell);
addEventListener('click', (event) => {
  const element = event.target.closest?.('#orion-content [data-then]');
  if (!element || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  pressed?.removeAttribute('aria-busy');
  pressed = element;
  element.setAttribute('aria-busy', 'true');
  start();
  // A link leads somewhere without the program too.
  if (element.href) setTimeout(() => { if (!running && pressed === element) location.assign(element.href); }, 5000);
});
const idle = window.requestIdleCallback ?? setTimeout;
// Whoever has a cart or has signed in here is shown so, touched or not.
const isKnown = () => {
  try {
    return Object.keys(localStorage).some((key) => /^orion\.(cart|signed-in)/.test(key));
  } catch {
    return false;
  }
};
// Once the pictures of the first screen are painted: whatever is fetched before would come between them and the reader.
const afterPaint = () => {
  const next = () => {
    if (isKnown()) idle(start);
    // What is done next on other pages is mostly to scroll or to follow a link.
    else if (document.querySelector('.shop-buy') && !navigator.connection?.saveData) idle(() => { fetchProgram('low'); });
  };
  const pictures = [...document.querySelectorAll('#orion-content img:is([loading=eager], [fetchpriority=high])')];
  Promise.allSettled(pictures.map((picture) => picture.decode())).then(() => {
    requestAnimationFrame(() => { requestAnimationFrame(next); });
  });
  // A tab in the background paints nothing.
  setTimeout(next, 3000);
};
if (when === 'now') {
  start();
} else {
  // A page that can be read needs no program until somebody does something with it.
  for (const kind of ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'keydown', 'focusin']) addEventListener(kind, start, { once: true, passive: true });
  if (document.readyState === 'complete') afterPaint();
  else addEventListener('load', afterPaint, { once: true });
}
