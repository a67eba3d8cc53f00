// Small comforts. Everything that can be read works without them.

// The server shows times in the reader's own zone from the second page on; the first one is put right here.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = document.cookie.split('; ').find((one) => one.startsWith('passerelle_zone='));
if (zone && known !== `passerelle_zone=${encodeURIComponent(zone)}`)
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `passerelle_zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;

const showTimes = (root) => {
  const style = { dateStyle: 'short', timeStyle: 'short' };
  const format = new Intl.DateTimeFormat(document.documentElement.lang === 'fr' ? 'fr-FR' : 'en-GB', style);
  for (const time of root.querySelectorAll('time[datetime]:not([data-day])')) {
    time.title = time.dateTime;
    time.textContent = format.format(new Date(time.dateTime));
  }
};
showTimes(document);

// A wide table that holds nothing to stop at is scrolled with the arrow keys, where browsers do not do that by themselves.
const letScroll = () => {
  for (const part of document.querySelectorAll('.scroll')) {
    const isStop =
      part.scrollWidth > part.clientWidth && !part.querySelector('a, button, input, select, summary');
    if (isStop) part.tabIndex = 0;
    else part.removeAttribute('tabindex');
  }
};
letScroll();
window.addEventListener('resize', letScroll);
document.addEventListener('toggle', letScroll, true);

document.addEventListener('htmx:after:swap', () => {
  showTimes(document);
  letScroll();
});

document.addEventListener('submit', (event) => {
  const asked = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (asked && !window.confirm(asked)) event.preventDefault();
});

document.addEventListener('change', (event) => {
  const { all } = event.target.dataset ?? {};
  if (all === undefined) return;
  for (const box of document.querySelectorAll(`input[type="checkbox"][name="${all}"]`))
    box.checked = event.target.checked;
});
