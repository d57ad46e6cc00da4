using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>The house's emoji, by our own API: for administrators.</summary>
internal static class EmojiApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var emoji = app.MapApi(SocialDb.Name).MapGroup("emoji");
        emoji.MapGet("", (EmojiDesk desk, Actor actor, CancellationToken ct) => desk.AllAsync(actor, ct)).Operation("listEmoji", "Lists the house's own emoji, those switched off too", "admin:read", RateClass.Read, "not_found");
        emoji.MapPost("", AddAsync).Operation("addEmoji", "Adds a picture that stands for a word in colons: form fields shortcode, category, image", "admin:write", RateClass.Heavy, "not_found", "malformed", "taken", "unknown_type");
        emoji.MapPatch("{id}", (Id<CustomEmoji> id, EmojiChange change, EmojiDesk desk, Actor actor, CancellationToken ct) => desk.EditAsync(id, change, actor, ct))
            .Operation("editEmoji", "Sorts an emoji, shows it in pickers, or switches it off", "admin:write", RateClass.Write, "not_found");
        emoji.MapDelete("{id}", async Task<NoContent> (Id<CustomEmoji> id, EmojiDesk desk, Actor actor, CancellationToken ct) =>
        {
            await desk.DeleteAsync(id, actor, ct);
            return TypedResults.NoContent();
        }).Operation("deleteEmoji", "Removes an emoji for good", "admin:write", RateClass.Write, "not_found");
    }

    private static async Task<Created<EmojiView>> AddAsync(HttpRequest request, EmojiDesk desk, Actor actor, CancellationToken ct)
    {
        if (!request.HasFormContentType) throw Refusal.Invalid("image", "Send a form with a picture.", "required");
        var form = await request.ReadFormAsync(ct);
        var made = await desk.AddAsync(form.Text("shortcode"), form.Said("category"), form.Files.GetFile("image"), actor, ct);
        return TypedResults.Created($"/api/social/emoji/{made.Id}", made);
    }
}
