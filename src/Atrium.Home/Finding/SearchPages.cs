using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Atrium.Home.PageAnswers;

namespace Atrium.Home;

/// <summary><c>/search</c>.</summary>
internal static class SearchPages
{
    public static void Map(RouteGroupBuilder pages) => pages.MapGet("/search", HandleAsync).AllowAnonymous().Rate(RateClass.Heavy);

    private static async Task<IResult> HandleAsync(string? q, string? room, string? cursor, Things things, ISearch search, Actor actor, CancellationToken ct)
    {
        var text = q?.Trim() ?? "";
        if (text.Length > 200) text = text[..200];
        if (text.Length > 0 && room is null && cursor is null && await ExactKey.FindAsync(text, things, search, actor, ct) is { } href) return SeeOther(href);
        return Show<SearchPage>(new { Text = text, RoomName = room, Answer = await SearchHouse.HandleAsync(text, room, 20, cursor, search, actor, ct), IsFirst = cursor is null });
    }
}
