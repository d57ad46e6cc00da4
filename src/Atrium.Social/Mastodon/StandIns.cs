using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetVips;

namespace Atrium.Social;

/// <summary>The pictures of those who chose none: apps want one, and as PNG.</summary>
internal static class StandIns
{
    private static readonly Lazy<byte[]> Avatar = new(() => Plain(200, 200));
    private static readonly Lazy<byte[]> Header = new(() => Plain(600, 200));

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(EntityWriter.NoAvatar, (HttpContext http) => Answer(http, Avatar.Value)).AllowAnonymous().ExcludeFromDescription().Rate(RateClass.Free);
        app.MapGet(EntityWriter.NoHeader, (HttpContext http) => Answer(http, Header.Value)).AllowAnonymous().ExcludeFromDescription().Rate(RateClass.Free);
    }

    private static IResult Answer(HttpContext http, byte[] png)
    {
        http.Response.Headers.CacheControl = "public, max-age=604800";
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return TypedResults.Bytes(png, "image/png");
    }

    private static byte[] Plain(int width, int height)
    {
        using var black = Image.Black(width, height, bands: 3);
        using var tinted = black + new[] { 196.0, 201.0, 208.0 };
        using var picture = tinted.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        return picture.PngsaveBuffer();
    }
}
