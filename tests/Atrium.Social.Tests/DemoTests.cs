using System.Security.Cryptography;

namespace Atrium.Social.Tests;

/// <summary>What the demo shows.</summary>
public sealed class DemoTests
{
    [Fact]
    public void Each_picture_of_the_demo_is_another_is_always_the_same_and_says_what_it_shows()
    {
        var pictures = DemoPosts.All.SelectMany(p => p.Pictures).ToList();
        Assert.True(pictures.Count >= 18, $"{pictures.Count} pictures");
        Assert.All(pictures, p => Assert.InRange(p.Shows.Length, 20, 200));
        var drawn = pictures.ConvertAll(p => Convert.ToHexString(SHA256.HashData(DemoPainter.Paint(p.Kind))));
        Assert.Equal(drawn.Count, drawn.Distinct().Count());
        Assert.Equal(drawn, pictures.ConvertAll(p => Convert.ToHexString(SHA256.HashData(DemoPainter.Paint(p.Kind)))));
        Assert.All(pictures, p => Assert.InRange(DemoPainter.Paint(p.Kind).Length, 500, 200_000));
    }
}
