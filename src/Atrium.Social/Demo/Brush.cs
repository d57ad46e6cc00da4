using NetVips;

namespace Atrium.Social;

/// <summary>Draws on a picture that is smaller than what its places are told in.</summary>
internal readonly struct Brush(MutableImage canvas, double scale)
{
    public void Circle(double[] ink, int x, int y, int radius, bool outline = false) => canvas.DrawCircle(ink, Scaled(x), Scaled(y), Math.Max(1, Scaled(radius)), fill: !outline);

    public void Rect(double[] ink, int left, int top, int width, int height) =>
        canvas.DrawRect(ink, Scaled(left), Scaled(top), Math.Max(1, Scaled(left + width) - Scaled(left)), Math.Max(1, Scaled(top + height) - Scaled(top)), fill: true);

    public void Line(double[] ink, int x1, int y1, int x2, int y2) => canvas.DrawLine(ink, Scaled(x1), Scaled(y1), Scaled(x2), Scaled(y2));

    private int Scaled(int at) => (int)Math.Round(at * scale);
}
