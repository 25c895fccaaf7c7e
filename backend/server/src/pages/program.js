// Starts the program when the page says so, and tells when it does not come.
const source = document.getElementById('orion-start');
let begun = false;
let running = false;
// The first press of a button that only the program can answer waits for it.
let pressed = false;
const tell = () => {
  const failed = document.getElementById('orion-failed');
  if (!running && failed) failed.hidden = false;
};
const start = () => {
  if (begun) return;
  begun = true;
  const script = document.createElement('script');
  script.type = 'module';
  script.nonce = source.nonce;
  script.textContent = source.textContent;
  script.addEventListener('error', tell);
  document.head.append(script);
  setTimeout(tell, 20000);
};
addEventListener('TrunkApplicationStarted', () => {
  running = true;
  document.getElementById('orion-waiting')?.remove();
  if (pressed) document.querySelector('#app .shop-buy .ui-button')?.click();
});
addEventListener('unhandledrejection', tell);
addEventListener('error', tell);
// Once the pictures of the first screen are painted: whatever is fetched before would come between them and the reader.
addEventListener('click', (event) => {
  if (!running && event.target.closest('#orion-content .shop-buy .ui-button')) pressed = true;
});
const afterPaint = () => {
  const pictures = [...document.querySelectorAll('#orion-content img:is([loading=eager], [fetchpriority=high])')];
  Promise.allSettled(pictures.map((picture) => picture.decode())).then(() => {
    requestAnimationFrame(() => { requestAnimationFrame(() => { setTimeout(start, 0); }); });
  });
  // A tab in the background paints nothing.
  setTimeout(start, 3000);
};
if (source.dataset.when === 'now') {
  start();
} else {
  // Who touches the page wants to do something with it; who reads waits for the pictures first.
  for (const kind of ['pointerdown', 'touchstart', 'keydown']) addEventListener(kind, start, { once: true, passive: true });
  if (document.readyState === 'complete') afterPaint();
  else addEventListener('load', afterPaint, { once: true });
}
