// Time running out. It is set once by the server, in milliseconds that are left; from then on it counts here.

/** @import {Component} from '../components/browser/streamlit.js' */

import {make} from '../components/browser/dom.js';

/** @type {WeakMap<HTMLElement, number>} */
const counting = new WeakMap();
const ALOUD = new Set([60, 30, 10]);

/** @param {number} seconds */
function words(seconds) {
  if (seconds <= 0) return 'Time is up';
  const minutes = Math.floor(seconds / 60);
  return minutes ? `${minutes}:${String(seconds % 60).padStart(2, '0')} left` : `${seconds} s left`;
}

/**
 * @param {HTMLElement} parent
 * @param {number} left milliseconds
 */
function begin(parent, left) {
  const said = make('span', {class: 'mv-left'});
  const aloud = make('span', {class: 'mv-aloud', role: 'status'});
  const line = make('i');
  parent.append(make('div', {class: 'mv-countdown'}, said, make('div', {class: 'mv-left-line'}, line), aloud));
  const ends = performance.now() + left;
  const show = () => {
    const rest = Math.max(0, ends - performance.now());
    const seconds = Math.ceil(rest / 1000);
    said.textContent = words(seconds);
    if (ALOUD.has(seconds)) aloud.textContent = words(seconds);
    line.style.width = `${left ? (100 * rest) / left : 0}%`;
    if (!rest) clearInterval(timer);
  };
  const timer = setInterval(show, 250);
  show();
  return timer;
}

/** @param {Component<{left: number}>} component */
export default function ({data, parentElement}) {
  if (!counting.has(parentElement)) counting.set(parentElement, begin(parentElement, data.left));
  return () => {
    clearInterval(counting.get(parentElement));
    counting.delete(parentElement);
    parentElement.querySelector('.mv-countdown')?.remove();
  };
}
