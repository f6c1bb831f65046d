// What Streamlit opens beside the app (popovers, dialogs, lists to choose from) is as light or dark as the app:
// without a colour scheme of its own, `light-dark()` would be light there.

import {mode} from './dom.js';

/** @type {MutationObserver | undefined} */
let watcher;

function follow() {
  document.documentElement.style.colorScheme = mode();
}

/** From now on the whole document has the app's scheme; Streamlit changes the app's class with its theme. */
export function followScheme() {
  follow();
  const app = document.querySelector('.stApp');
  if (watcher || !app) return;
  watcher = new MutationObserver(follow);
  watcher.observe(app, {attributes: true, attributeFilter: ['class']});
}
