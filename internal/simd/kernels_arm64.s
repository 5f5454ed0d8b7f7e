// Kernels for NEON, 128 bits: four float32 in a register. By hand; the sums
// are those of the generated kernels, with other widths.

#include "textflag.h"

// func tileNEON(k int, a, b, c *float32, stride int)
//
// Six rows and 16 columns: V8 … V31 hold the tile, V0 … V3 a row of b, V4 an
// element of a in all lanes.
TEXT ·tileNEON(SB), NOSPLIT, $0-40
	MOVD k+0(FP), R0
	MOVD a+8(FP), R1
	MOVD b+16(FP), R2
	MOVD c+24(FP), R3
	MOVD stride+32(FP), R4
	LSL  $2, R4, R4
	MOVD R3, R5
	VLD1 (R5), [V8.S4, V9.S4, V10.S4, V11.S4]
	ADD  R4, R5, R5
	VLD1 (R5), [V12.S4, V13.S4, V14.S4, V15.S4]
	ADD  R4, R5, R5
	VLD1 (R5), [V16.S4, V17.S4, V18.S4, V19.S4]
	ADD  R4, R5, R5
	VLD1 (R5), [V20.S4, V21.S4, V22.S4, V23.S4]
	ADD  R4, R5, R5
	VLD1 (R5), [V24.S4, V25.S4, V26.S4, V27.S4]
	ADD  R4, R5, R5
	VLD1 (R5), [V28.S4, V29.S4, V30.S4, V31.S4]

tile_loop:
	VLD1.P  64(R2), [V0.S4, V1.S4, V2.S4, V3.S4]
	VLD1R.P 4(R1), [V4.S4]
	VLD1R.P 4(R1), [V5.S4]
	VLD1R.P 4(R1), [V6.S4]
	VFMLA   V0.S4, V4.S4, V8.S4
	VFMLA   V1.S4, V4.S4, V9.S4
	VFMLA   V2.S4, V4.S4, V10.S4
	VFMLA   V3.S4, V4.S4, V11.S4
	VFMLA   V0.S4, V5.S4, V12.S4
	VFMLA   V1.S4, V5.S4, V13.S4
	VFMLA   V2.S4, V5.S4, V14.S4
	VFMLA   V3.S4, V5.S4, V15.S4
	VFMLA   V0.S4, V6.S4, V16.S4
	VFMLA   V1.S4, V6.S4, V17.S4
	VFMLA   V2.S4, V6.S4, V18.S4
	VFMLA   V3.S4, V6.S4, V19.S4
	VLD1R.P 4(R1), [V4.S4]
	VLD1R.P 4(R1), [V5.S4]
	VLD1R.P 4(R1), [V6.S4]
	VFMLA   V0.S4, V4.S4, V20.S4
	VFMLA   V1.S4, V4.S4, V21.S4
	VFMLA   V2.S4, V4.S4, V22.S4
	VFMLA   V3.S4, V4.S4, V23.S4
	VFMLA   V0.S4, V5.S4, V24.S4
	VFMLA   V1.S4, V5.S4, V25.S4
	VFMLA   V2.S4, V5.S4, V26.S4
	VFMLA   V3.S4, V5.S4, V27.S4
	VFMLA   V0.S4, V6.S4, V28.S4
	VFMLA   V1.S4, V6.S4, V29.S4
	VFMLA   V2.S4, V6.S4, V30.S4
	VFMLA   V3.S4, V6.S4, V31.S4
	SUBS    $1, R0, R0
	BNE     tile_loop

	VST1 [V8.S4, V9.S4, V10.S4, V11.S4], (R3)
	ADD  R4, R3, R3
	VST1 [V12.S4, V13.S4, V14.S4, V15.S4], (R3)
	ADD  R4, R3, R3
	VST1 [V16.S4, V17.S4, V18.S4, V19.S4], (R3)
	ADD  R4, R3, R3
	VST1 [V20.S4, V21.S4, V22.S4, V23.S4], (R3)
	ADD  R4, R3, R3
	VST1 [V24.S4, V25.S4, V26.S4, V27.S4], (R3)
	ADD  R4, R3, R3
	VST1 [V28.S4, V29.S4, V30.S4, V31.S4], (R3)
	RET

// func axpy8NEON(n int, x, w *float32, stride int, y *float32)
//
// n is a multiple of 8.
TEXT ·axpy8NEON(SB), NOSPLIT, $0-40
	MOVD    n+0(FP), R0
	MOVD    x+8(FP), R1
	MOVD    w+16(FP), R5
	MOVD    stride+24(FP), R2
	MOVD    y+32(FP), R3
	LSL     $2, R2, R2
	ADD     R2, R5, R6
	ADD     R2, R6, R7
	ADD     R2, R7, R8
	ADD     R2, R8, R9
	ADD     R2, R9, R10
	ADD     R2, R10, R11
	ADD     R2, R11, R12
	VLD1R.P 4(R1), [V24.S4]
	VLD1R.P 4(R1), [V25.S4]
	VLD1R.P 4(R1), [V26.S4]
	VLD1R.P 4(R1), [V27.S4]
	VLD1R.P 4(R1), [V28.S4]
	VLD1R.P 4(R1), [V29.S4]
	VLD1R.P 4(R1), [V30.S4]
	VLD1R.P 4(R1), [V31.S4]

axpy8_loop:
	VLD1   (R3), [V0.S4, V1.S4]
	VLD1.P 32(R5), [V2.S4, V3.S4]
	VLD1.P 32(R6), [V4.S4, V5.S4]
	VLD1.P 32(R7), [V6.S4, V7.S4]
	VLD1.P 32(R8), [V8.S4, V9.S4]
	VLD1.P 32(R9), [V10.S4, V11.S4]
	VLD1.P 32(R10), [V12.S4, V13.S4]
	VLD1.P 32(R11), [V14.S4, V15.S4]
	VLD1.P 32(R12), [V16.S4, V17.S4]
	VFMLA  V2.S4, V24.S4, V0.S4
	VFMLA  V3.S4, V24.S4, V1.S4
	VFMLA  V4.S4, V25.S4, V0.S4
	VFMLA  V5.S4, V25.S4, V1.S4
	VFMLA  V6.S4, V26.S4, V0.S4
	VFMLA  V7.S4, V26.S4, V1.S4
	VFMLA  V8.S4, V27.S4, V0.S4
	VFMLA  V9.S4, V27.S4, V1.S4
	VFMLA  V10.S4, V28.S4, V0.S4
	VFMLA  V11.S4, V28.S4, V1.S4
	VFMLA  V12.S4, V29.S4, V0.S4
	VFMLA  V13.S4, V29.S4, V1.S4
	VFMLA  V14.S4, V30.S4, V0.S4
	VFMLA  V15.S4, V30.S4, V1.S4
	VFMLA  V16.S4, V31.S4, V0.S4
	VFMLA  V17.S4, V31.S4, V1.S4
	VST1.P [V0.S4, V1.S4], 32(R3)
	SUBS   $8, R0, R0
	BNE    axpy8_loop
	RET

// func axpyNEON(n int, a float32, x, y *float32)
//
// n is a multiple of 8.
TEXT ·axpyNEON(SB), NOSPLIT, $0-32
	MOVD  n+0(FP), R0
	MOVD  $a+8(FP), R4
	VLD1R (R4), [V4.S4]
	MOVD  x+16(FP), R1
	MOVD  y+24(FP), R2

axpy_loop:
	VLD1   (R2), [V0.S4, V1.S4]
	VLD1.P 32(R1), [V2.S4, V3.S4]
	VFMLA  V2.S4, V4.S4, V0.S4
	VFMLA  V3.S4, V4.S4, V1.S4
	VST1.P [V0.S4, V1.S4], 32(R2)
	SUBS   $8, R0, R0
	BNE    axpy_loop
	RET

// func dotNEON(n int, x, y, sums *float32)
//
// sums are 16 partial sums; n is a multiple of 16.
TEXT ·dotNEON(SB), NOSPLIT, $0-32
	MOVD n+0(FP), R0
	MOVD x+8(FP), R1
	MOVD y+16(FP), R2
	MOVD sums+24(FP), R3
	VEOR V16.B16, V16.B16, V16.B16
	VEOR V17.B16, V17.B16, V17.B16
	VEOR V18.B16, V18.B16, V18.B16
	VEOR V19.B16, V19.B16, V19.B16

dot_loop:
	VLD1.P 64(R1), [V0.S4, V1.S4, V2.S4, V3.S4]
	VLD1.P 64(R2), [V4.S4, V5.S4, V6.S4, V7.S4]
	VFMLA  V0.S4, V4.S4, V16.S4
	VFMLA  V1.S4, V5.S4, V17.S4
	VFMLA  V2.S4, V6.S4, V18.S4
	VFMLA  V3.S4, V7.S4, V19.S4
	SUBS   $16, R0, R0
	BNE    dot_loop
	VST1   [V16.S4, V17.S4, V18.S4, V19.S4], (R3)
	RET
