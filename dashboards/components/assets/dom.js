// Building blocks of the page. Words of tools and people only ever become text nodes.

export function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'text') node.textContent = value;
    else if (name === 'style') Object.assign(node.style, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = 'http://www.w3.org/2000/svg';

/** The same for a part of a drawing. */
export function draw(tag, properties = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'text') node.textContent = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** Replace a node's children in one go. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter(Boolean));
}

let styled;

/** The components' stylesheet, once a page. */
export function styles() {
  styled ??= new Promise((done) => {
    const link = make('link', {rel: 'stylesheet', href: new URL('./marks.css', import.meta.url).href});
    link.addEventListener('load', done);
    link.addEventListener('error', done);
    document.head.append(link);
  });
  return styled;
}

/** `light` or `dark`: what the app shows now, whatever the operating system prefers. */
export function mode() {
  const app = document.querySelector('.stApp') ?? document.documentElement;
  return getComputedStyle(app).colorScheme.includes('dark') ? 'dark' : 'light';
}

/**
 * One living object an element, however often Streamlit calls the module with new data.
 *
 * New data that come while a call is still waiting overtake it: Streamlit then cleans up after the call that was
 * overtaken, which must not take away what the later one draws in.
 */
export async function living(element, name, begin, update) {
  const here = (element.living ??= new Map());
  const place = here.get(name) ?? {calls: 0};
  here.set(name, place);
  place.calls += 1;
  const call = place.calls;
  await styles();
  place.component ??= begin(element);
  await update(place.component);
  return () => {
    if (call !== place.calls) return;
    here.delete(name);
    place.component.dispose();
  };
}

export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** Bring the notice in the margin into view, where the page shows it. */
export function showNotice(id) {
  const there = document.querySelector(`[class*="st-key-notice"][class*="${CSS.escape(id)}"]`);
  if (!there) return;
  there.scrollIntoView({block: 'nearest', behavior: 'smooth'});
  there.classList.add('mv-shown');
  setTimeout(() => there.classList.remove('mv-shown'), 1600);
}
