/** Pages of the metrics of images. */

import { type FamilyPages, lines, type MetricPage } from './page.ts'

const truth = lines('t', '1 4 11 2', '')
const submission = lines('p', '3 4', '')
const failures: MetricPage['failures'] = [
  { when: 'runs that overlap', truth, submission: lines('p', '3 4 5 2', ''), code: 'bad_mask' },
  { when: 'a start without a length', truth, submission: lines('p', '3 4 9', ''), code: 'bad_mask' },
  { when: 'pixels numbered from 0', truth, submission: lines('p', '0 4', ''), code: 'bad_mask' },
]
const ORDER =
  'Say in the description in which order pixels are numbered (along rows or columns): the engine cannot know it, and a transposed mask is a valid one.'
const PIXELS = 'An image has at most 33,554,432 pixels, and all images of a truth 268,435,456.'
const OF_COCO =
  'Masks of instances are not read. For COCO’s own figures (AP, AP50, AP75, and by size) give the truth’s areas and crowds with annotations coco; a mean of several of them is not one score.'
const boxes = lines('t', 'cat 0 0 10 10', 'dog 5 5 10 10')

export const images: FamilyPages = {
  mask_iou: {
    example: {
      truth,
      submission,
      score: (2 / 8 + 1) / 2,
      because: 'Row 1: pixels 3 and 4 of 8 are in both. Row 2: both are empty, 1.',
    },
    failures,
    traps: [ORDER],
  },
  mask_dice: {
    example: { truth, submission, score: (4 / 10 + 1) / 2, because: 'Row 1: 2·2 ÷ (6 + 4). Row 2: both are empty, 1.' },
    failures,
    traps: [
      ORDER,
      'Where most masks are empty, an empty file scores high: set empty to zero, or use mask_dice_global.',
    ],
  },
  mask_dice_global: {
    example: { truth, submission, score: 4 / 10, because: '2·2 shared pixels ÷ (6 + 4).' },
    failures: [
      ...failures,
      {
        when: 'all masks of the truth are empty',
        truth: lines('t', '', ''),
        submission: lines('p', '', '1 1'),
        code: 'truth_degenerate',
      },
    ],
    traps: [ORDER],
  },
  mask_iou_global: {
    example: {
      params: { group_average: 'macro' },
      truth: ['id,mask,group', 'image1 cat,1 4,cat', 'image2 cat,,cat', 'image1 sky,5 6,sky', 'image2 sky,1 10,sky'],
      submission: ['id,p', 'image1 cat,1 2', 'image2 cat,1 4', 'image1 sky,5 6', 'image2 sky,5 6'],
      score: (2 / 8 + 12 / 16) / 2,
      because: 'Cat: 2 of 8 pixels in any mask are in both. Sky: 12 of 16. The mean of the classes is the mean IoU.',
    },
    failures: [
      ...failures,
      {
        when: 'a class that no mask of the truth has',
        params: { group_average: 'macro' },
        truth: ['id,mask,group', '1,1 4,cat', '2,,dog'],
        submission: lines('p', '1 4', ''),
        code: 'truth_degenerate',
      },
    ],
    traps: [
      ORDER,
      'Without group_average the pixels of all classes are counted together, and large classes decide: for the mean IoU give each class a group, and each image a row for each class.',
    ],
  },
  mask_dice_hausdorff: {
    example: {
      truth: ['id,mask,width,height,slice,group', '1,1 1,4,1,1,day1', '2,,4,1,2,day1'],
      submission: lines('p', '1 2', ''),
      score: 0.4 * (2 / 3) + 0.6 * (1 - 1 / 4 / Math.sqrt(3)),
      because:
        'Row 1: 2·1 ÷ (1 + 2); row 2 is empty in both and does not count. The farthest point is 1 of 4 pixels off, in a cube whose diagonal is √3.',
    },
    failures: [
      {
        when: 'a pixel outside of the image',
        truth: ['id,mask,width,height,slice,group', '1,1 1,4,1,1,day1'],
        submission: lines('p', '4 2'),
        code: 'score_undefined',
      },
      {
        when: 'slices of a volume with different sizes',
        truth: ['id,mask,width,height,slice,group', '1,1 1,4,1,1,day1', '2,1 1,5,1,2,day1'],
        submission: lines('p', '', ''),
        code: 'truth_degenerate',
      },
    ],
    traps: [
      'Pixels are numbered along rows; where they are along columns, give the height as width and the width as height.',
      'A volume is a group, its slices are in the order of their numbers. Masks of several rows of the same slice, such as one for each class, become one in the volume.',
    ],
  },
  mask_hausdorff: {
    example: {
      truth: ['id,mask,width,height', '1,1 2 5 2,4,3', '2,,4,3'],
      submission: lines('p', '1 2 5 3', ''),
      score: (1 + 0) / 2,
      because:
        'Row 1: the pixel 7, in the third column of the second line, is 1 from the nearest true one; all others are in both. Row 2: both are empty, 0.',
    },
    failures: [
      {
        when: 'a pixel outside of the image',
        truth: ['id,mask,width,height', '1,1 2,4,3'],
        submission: lines('p', '12 2'),
        code: 'score_undefined',
      },
      {
        when: 'an image of no width',
        truth: ['id,mask,width,height', '1,,0,3'],
        submission: lines('p', ''),
        code: 'truth_degenerate',
      },
      {
        when: 'an image of more than 33,554,432 pixels',
        truth: ['id,mask,width,height', '1,1 2,10000,10000'],
        submission: lines('p', ''),
        code: 'truth_degenerate',
      },
    ],
    traps: [
      'Pixels are numbered along rows; where they are along columns, give the height as width and the width as height.',
      PIXELS,
      'One stray pixel decides the score of a row. With `{"percentile":95,"points":"boundary"}` few of them do not; on all points, a percentile is 0 as soon as that share of both masks overlaps.',
      'A row of which one mask is empty counts as far as the image is wide and high, so a small image costs less to miss than a large one.',
      'HD95 has several definitions: here the greater percentile of both directions, as MONAI has it; others pool both directions, or weight points by area.',
    ],
  },
  mask_boundary_f1: {
    example: {
      params: { tolerance: 1 },
      truth: ['id,mask,width,height', '1,1 2,8,1', '2,,8,1'],
      submission: lines('p', '3 2', ''),
      score: (1 / 2 + 1) / 2,
      because:
        'Row 1: all pixels are boundary. Pixel 3 is 1 from pixel 2, pixel 4 is 2 from it: precision and recall are ½. Row 2: both are empty, 1.',
    },
    failures: [
      {
        when: 'a pixel outside of the image',
        truth: ['id,mask,width,height', '1,1 2,4,3'],
        submission: lines('p', '12 2'),
        code: 'score_undefined',
      },
      {
        when: 'a mask of the truth outside of its image',
        truth: ['id,mask,width,height', '1,1 13,4,3'],
        submission: lines('p', ''),
        code: 'truth_degenerate',
      },
    ],
    traps: [
      'Pixels are numbered along rows; where they are along columns, give the height as width and the width as height.',
      PIXELS,
      'A boundary goes along the border of the image, too, where a mask touches it.',
      'The tolerance is in pixels: where images differ in size, about 0.75 % of the diagonal is usual, which one number cannot be for all.',
      'Other tools count other pixels as boundary (DAVIS those between two pixels, widened by a disk), so that scores differ a little.',
    ],
  },
  mask_fbeta: {
    example: {
      truth,
      submission,
      score: ((1.25 * 2) / (0.25 * 6 + 4) + 1) / 2,
      because: 'Row 1: 1.25·2 shared pixels ÷ (0.25·6 + 4). Row 2: both are empty, 1.',
    },
    failures,
    traps: [ORDER],
  },
  mask_map: {
    example: {
      truth: lines('t', '1:10 21:4', ''),
      submission: lines('p', '1:9 40:2', ''),
      score: ((8 * (1 / 3)) / 10 + 1) / 2,
      because:
        'Row 1: the first mask overlaps 9 of 10 pixels, above 0.5 to 0.85: 1 right, 1 wrong and 1 missing at 8 of 10 thresholds. Row 2: both are empty, 1.',
    },
    failures: [
      {
        when: 'two masks that share a pixel',
        truth: lines('t', '1:4', ''),
        submission: lines('p', '1:4 4:2', ''),
        code: 'score_undefined',
      },
      {
        when: 'a run without a length',
        truth: lines('t', '1:4', ''),
        submission: lines('p', '1', ''),
        code: 'score_undefined',
      },
      {
        when: 'masks of the truth that overlap',
        truth: lines('t', '1:4 2:2', ''),
        submission: lines('p', '', ''),
        code: 'truth_degenerate',
      },
    ],
    traps: [ORDER, 'One object is one item: of `1:4 11:2` each run is an object of its own.'],
  },
  panoptic_quality: {
    example: {
      truth: lines('t', 'cat 1:10 cat 21:4 sky 31:20', 'sky 1:50'),
      submission: lines('p', 'cat 1:8 sky 31:20 cat 60:3', 'sky 1:40 cat 41:10'),
      score: (0.8 / (1 + 1 / 2 + 1 / 2) + (1 + 0.8) / 2) / 2,
      because:
        'cat: one match at 0.8, one segment missed, and one wrong; the one at pixel 60 has no true segment below it and does not count. sky: matches at 1 and 0.8. Their mean.',
    },
    failures: [
      {
        when: 'two segments that share a pixel',
        truth: lines('t', 'cat 1:4'),
        submission: lines('p', 'cat 1:4 sky 4:2'),
        code: 'score_undefined',
      },
      {
        when: 'a mask without a class',
        truth: lines('t', 'cat 1:4'),
        submission: lines('p', '1:4'),
        code: 'score_undefined',
      },
      {
        when: 'a truth without a segment',
        truth: lines('t', '', ''),
        submission: lines('p', 'cat 1:4', ''),
        code: 'truth_degenerate',
      },
    ],
    traps: [
      ORDER,
      'Pixels that the truth leaves out are void, where nothing can be wrong: give what is background a class of its own.',
      'A class that only a submission has counts 0, as one more class.',
      'Crowds, of which COCO ignores what lies on them, are not told apart: leave them out of the truth, so that they are void for every class.',
    ],
  },
  coco_ap: {
    example: {
      params: { thresholds: [0.5] },
      truth: boxes,
      submission: lines('p', 'cat 0.9 0 0 10 10 cat 0.8 50 50 5 5', 'cat 0.7 0 0 5 5'),
      score: 1 / 2,
      because: 'cat: the highest score is right, recall 1 at precision 1. dog is not found: 0. Their mean.',
    },
    failures: [
      {
        when: 'a box without a height',
        truth: boxes,
        submission: lines('p', 'cat 0.9 0 0 10', ''),
        code: 'score_undefined',
      },
      {
        when: 'the truth has no box',
        truth: lines('t', '', ''),
        submission: lines('p', '', ''),
        code: 'truth_degenerate',
      },
      {
        when: 'no object of the area that counts',
        params: { area: 'large' },
        truth: boxes,
        submission: lines('p', '', ''),
        code: 'truth_degenerate',
      },
    ],
    traps: ['A box is a left upper corner, a width and a height: two corners are another box.', OF_COCO],
  },
  coco_ar: {
    example: {
      params: { thresholds: [0.5], max_detections: 1 },
      truth: lines('t', 'cat 0 0 10 10 cat 20 0 10 10', 'dog 5 5 10 10'),
      submission: lines('p', 'cat 0.9 0 0 10 10 cat 0.8 20 0 10 10', 'dog 0.1 5 5 10 9'),
      score: (1 / 2 + 1) / 2,
      because: 'cat: one box of the class counts in an image, so one of two is found. dog: found. Their mean.',
    },
    failures: [
      {
        when: 'a box of no width',
        truth: boxes,
        submission: lines('p', 'cat 0.9 0 0 0 10', ''),
        code: 'score_undefined',
      },
      {
        when: 'boxes of the truth with a score',
        truth: lines('t', 'cat 1 0 0 10 10'),
        submission: lines('p', ''),
        code: 'truth_degenerate',
      },
      {
        when: 'annotations of COCO without area and iscrowd',
        params: { annotations: 'coco' },
        truth: boxes,
        submission: lines('p', '', ''),
        code: 'truth_degenerate',
      },
    ],
    traps: [
      'Wrong boxes cost nothing as long as the right ones are among the first: fill up to max_detections. Pay by coco_ap where wrong boxes matter.',
      OF_COCO,
    ],
  },
  voc_ap: {
    example: {
      truth: lines('t', 'cat 0 0 10 10 cat 20 20 10 10', 'dog 5 5 10 10'),
      submission: lines('p', 'cat 0.9 50 50 5 5 cat 0.8 0 0 10 10', 'dog 0.7 5 5 10 10'),
      score: (1 / 4 + 1) / 2,
      because: 'cat: a wrong box, then a right one, so recall ½ at precision ½. dog: 1. Their mean.',
    },
    failures: [
      {
        when: 'a box without a height',
        truth: boxes,
        submission: lines('p', 'cat 0.9 0 0 10', ''),
        code: 'score_undefined',
      },
      {
        when: 'the truth has no box',
        truth: lines('t', '', ''),
        submission: lines('p', '', ''),
        code: 'truth_degenerate',
      },
    ],
    traps: [
      'A box is a left upper corner, a width and a height: two corners are another box. The kit of VOC adds a pixel to each side, this does not.',
      'A second box on the same object is wrong, also where it would fit another one (coco_ap gives it that one).',
      'Objects that are difficult, which VOC leaves out, must be left out of the truth.',
    ],
  },
  open_images_ap: {
    example: {
      truth: ['id,boxes,verified', '1,cat 0 0 0 10 10 cat 1 20 0 30 30,', '2,,cat', '3,,dog'],
      submission: lines(
        'p',
        'cat 0.9 0 0 10 10 cat 0.8 20 0 10 10 cat 0.6 30 10 10 10',
        'cat 0.7 5 5 10 10',
        'cat 0.95 0 0 10 10',
      ),
      score: 1,
      because:
        'Row 1: a cat, and two boxes in the group of cats, which count as one with score 0.8. Row 2: a wrong box with 0.7, behind all that is right. Row 3: no one looked for cats there. Precision is 1 up to recall 1.',
    },
    failures: [
      {
        when: 'a box without a height',
        truth: ['id,boxes,verified', '1,cat 0 0 0 10 10,'],
        submission: lines('p', 'cat 0.9 0 0 10'),
        code: 'score_undefined',
      },
      {
        when: 'a true box that does not say whether it is a group',
        truth: ['id,boxes,verified', '1,cat 0 0 10 10,'],
        submission: lines('p', ''),
        code: 'truth_degenerate',
      },
      {
        when: 'the truth has no box',
        truth: ['id,boxes,verified', '1,,cat'],
        submission: lines('p', ''),
        code: 'truth_degenerate',
      },
      {
        when: 'the truth has no column verified',
        truth: lines('boxes', 'cat 0 0 0 10 10'),
        submission: lines('p', ''),
        code: 'shape_invalid',
      },
    ],
    traps: [
      'A true box is class, group (1 or 0), left upper corner, width and height; verified lists the classes that were looked for in the image and are not there.',
      'A box of a class that was not looked for in an image, neither boxed nor verified there, does not count.',
      'The challenge adds the parents of each class, in truth and submission: who wants that writes them as boxes of their own.',
      'Boxes with equal scores count in the order of rows and cells; the reference leaves their order open.',
    ],
  },
  box3d_ap: {
    example: {
      params: { thresholds: [0.5] },
      truth: lines('t', 'car 0 0 0 2 4 2 0', ''),
      submission: lines('p', 'car 0.9 0 0 0 2 4 2 3.141592653589793 car 0.8 9 9 0 2 4 2 0', 'bus 0.1 0 0 0 2 8 3 0'),
      score: (1 + 0) / 2,
      because:
        'Row 1: half a turn is the same box, found at precision 1. Row 2: nothing is there, but something is predicted.',
    },
    failures: [
      {
        when: 'a box without a yaw',
        truth: lines('t', 'car 0 0 0 2 4 2 0'),
        submission: lines('p', 'car 0.9 0 0 0 2 4 2'),
        code: 'score_undefined',
      },
      {
        when: 'a box of no height in the truth',
        truth: lines('t', 'car 0 0 0 2 4 0 0'),
        submission: lines('p', ''),
        code: 'truth_degenerate',
      },
    ],
    traps: [
      'A box is its center, width, length and height; at yaw 0 the length is along x. Yaw is in radians, against the clock.',
    ],
  },
  point_f1: {
    example: {
      truth: lines('t', 'か 0 0 10 10 し 20 0 10 10', ''),
      submission: lines('p', 'か 5 5 か 25 5', 'し 1 1'),
      score: (2 * 1) / (2 + 3),
      because: '3 points for 2 boxes; one is in a box of its class.',
    },
    failures: [
      {
        when: 'a point without y',
        truth: lines('t', 'a 0 0 10 10'),
        submission: lines('p', 'a 5'),
        code: 'score_undefined',
      },
      {
        when: 'the truth has no box',
        truth: lines('t', '', ''),
        submission: lines('p', '', ''),
        code: 'truth_degenerate',
      },
    ],
    traps: ['A point on the side of a box is outside of it.'],
  },
}
