// A picture code as the contract gives it, as a picture.

/** An SVG file. */
export const svgOf = ({ size, path }: { readonly size: number; readonly path: string }): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path stroke="#000" d="${path}"/></svg>`;
