"""What can be told of a place, a line, a box or a star: numbers from the frame's own samples.

Nothing here looks at a displayed picture. Legend: a *place* (x, y) is in pixels of the frame that
is measured, (0, 0) at the top left corner of its top left pixel, whose centre is (0.5, 0.5).
"""
