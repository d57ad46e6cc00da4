using NetVips;

namespace Atrium.Accounts.Doors;

/// <summary>Draws a face for each of the demo's people: small, always the same, and no two alike.</summary>
internal static class DemoFace
{
    private const int Side = 128;

    private static readonly double[][] Grounds = [[214, 226, 219], [239, 220, 188], [205, 219, 233], [236, 205, 196], [221, 214, 232], [226, 230, 200], [201, 222, 224], [243, 228, 214]];
    private static readonly double[][] Skins = [[244, 214, 190], [226, 184, 148], [198, 148, 108], [160, 110, 76], [120, 80, 56], [236, 200, 170]];
    private static readonly double[][] Hairs = [[52, 38, 32], [96, 62, 38], [160, 108, 54], [206, 166, 96], [150, 150, 148], [140, 62, 40], [28, 28, 34]];
    private static readonly double[][] Clothes = [[47, 93, 80], [169, 75, 52], [62, 88, 132], [122, 72, 110], [196, 146, 52], [84, 110, 62], [58, 62, 74], [176, 92, 104], [40, 116, 124]];

    // The counts have no common divisor, so that no two of a few thousand are the same.
    public static byte[] Paint(int number)
    {
        var (skin, hair, clothes) = (Skins[number % Skins.Length], Hairs[number % Hairs.Length], Clothes[(number + (number / 7)) % Clothes.Length]);
        using var grey = Image.Black(Side, Side, bands: 3);
        using var tinted = grey + Grounds[number % Grounds.Length];
        using var ground = tinted.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        using var painted = ground.Mutate(canvas =>
        {
            var style = number % 5;
            if (style is 1 or 3) canvas.DrawRect(hair, 34, 52, 60, style == 1 ? 46 : 30, fill: true);
            canvas.DrawCircle(hair, 64, 50, style == 4 ? 29 : 33, fill: true);
            if (style == 2) canvas.DrawCircle(hair, 64, 17, 13, fill: true);
            canvas.DrawCircle(clothes, 64, 140, 54, fill: true);
            canvas.DrawRect([.. skin.Select(c => c * 0.88)], 55, 76, 18, 20, fill: true);
            canvas.DrawCircle(skin, 64, 60, 26, fill: true);
            foreach (var x in (int[])[54, 74]) canvas.DrawCircle([44, 36, 34], x, 60, 3, fill: true);
            if (number % 3 == 1)
            {
                foreach (var x in (int[])[54, 74]) canvas.DrawCircle([70, 62, 60], x, 60, 8, fill: false);
                canvas.DrawLine([70, 62, 60], 62, 60, 66, 60);
            }

            canvas.DrawRect([150, 74, 64], 57, 72, 14, 3, fill: true);
        });
        return painted.PngsaveBuffer();
    }
}
