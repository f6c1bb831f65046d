"""How each text stands out from what lies under it.

axe leaves out what it is not sure of, as text under which several things lie; this adds up what is transparent.
"""

from __future__ import annotations

from playwright.sync_api import Page

_FAINT = """() => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1});
    const brush = canvas.getContext('2d', {willReadFrequently: true});
    const rgba = (colour) => {
        brush.clearRect(0, 0, 1, 1);
        brush.fillStyle = colour;
        brush.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
    };
    const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
    const parent = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
    const above = (node) => { const all = []; for (; node; node = parent(node)) all.push(node); return all; };
    const ground = (node) => above(node).reverse()
        .reduce((below, each) => over(rgba(getComputedStyle(each).backgroundColor), below), [255, 255, 255, 1]);
    const opacity = (node) => above(node)
        .reduce((so_far, each) => so_far * Number(getComputedStyle(each).opacity), 1);
    const luminance = (colour) => colour.slice(0, 3).map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const contrast = (one, other) => {
        const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const elements = function* (root) {
        for (const node of root.querySelectorAll('*')) {
            yield node;
            if (node.shadowRoot) yield* elements(node.shadowRoot);
        }
    };
    const says = (node) => [...node.childNodes].filter((each) => each.nodeType === Node.TEXT_NODE)
        .map((each) => each.data.trim()).join(' ').trim();
    const shown = (node) => node.checkVisibility({visibilityProperty: true})
        && node.getBoundingClientRect().width > 1;
    const exempt = (node) => node.closest('style, script, :disabled, [aria-disabled=true], [aria-hidden=true]');
    const read = [], faint = [];
    for (const node of elements(document.body)) {
        const text = says(node);
        if (!text || !shown(node) || exempt(node) || opacity(node) === 0) continue;
        const style = getComputedStyle(node);
        const colour = rgba(node instanceof SVGElement ? style.fill : style.color);
        colour[3] *= opacity(node);
        const below = ground(node);
        const ratio = contrast(over(colour, below), below);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        const needed = large || style.fontFamily.includes('Material Symbols') ? 3 : 4.5;
        read.push(text);
        const colours = [over(colour, below), below].map((each) => each.slice(0, 3).map(Math.round)).join(' on ');
        if (ratio < needed) faint.push(`${ratio.toFixed(2)} < ${needed}, ${colours}: ${text.slice(0, 60)}`);
    }
    return {read: read.length, faint: [...new Set(faint)]};
}"""
"""Every text on the page with its contrast to what lies under it (WCAG 2, 1.4.3), through shadow roots, too."""


def faint(page: Page) -> list[str]:
    """Texts below AA: 4.5 to 1, of large text and icons 3 to 1; a line each. Asserts that there was text."""
    seen = page.evaluate(_FAINT)
    assert seen["read"] > 5, "there is hardly any text on the page"
    return list(seen["faint"])
