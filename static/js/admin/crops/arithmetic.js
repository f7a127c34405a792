/* Where a crop lies in a picture: images/crops.py in shares of the picture's sides. A box is { left, upper, width,
   height }. */

const within = (value, most) => Math.min(Math.max(value, 0), Math.max(0, most))

/** The largest box of `ratio`, as near to centred on the focal point as the edges allow. */
export function boxAround(point, ratio, size) {
  const width = Math.min(1, (size.height * ratio) / size.width)
  return boxOf({ left: point.x - width / 2, upper: point.y - heightOf(width, ratio, size) / 2, width }, ratio, size)
}

/** A whole box from its left and upper edge and its width, pushed back into the picture. */
export function boxOf({ left, upper, width }, ratio, size) {
  const fitting = Math.min(width, widest(ratio, size))
  const height = Math.min(1, heightOf(fitting, ratio, size))
  return { left: within(left, 1 - fitting), upper: within(upper, 1 - height), width: fitting, height }
}

/** `box` with another width about the same middle. */
export function resized(box, width, ratio, size) {
  const height = heightOf(width, ratio, size)
  const left = box.left + (box.width - width) / 2
  const upper = box.upper + (box.height - height) / 2
  return boxOf({ left, upper, width }, ratio, size)
}

export function widest(ratio, size) {
  return Math.min(1, (size.height * ratio) / size.width)
}

export function holds(box, { x, y }) {
  return x >= box.left && x <= box.left + box.width && y >= box.upper && y <= box.upper + box.height
}

function heightOf(width, ratio, size) {
  return (width * size.width) / ratio / size.height
}
