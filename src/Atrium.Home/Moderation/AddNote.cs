using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Adds a note for the other moderators to a case.</summary>
internal static class AddNote
{
    public sealed record Request(string Text);

    public sealed record Answer(Id<CaseNote> Id, string Text, DateTimeOffset At);

    public static void Map(RouteGroupBuilder moderation) => moderation.MapPost("/cases/{id}/notes", HandleAsync)
        .Operation("addCaseNote", "Adds a note that only moderators see", "home:moderate", RateClass.Write, "not_found");

    public static async Task<Created<Answer>> HandleAsync(Id<Case> id, Request request, HomeDb db, Actor actor, CancellationToken ct)
    {
        actor.DemandModerator();
        if (string.IsNullOrWhiteSpace(request.Text) || request.Text.Length > Report.LongestComment)
            throw Refusal.Invalid("text", $"A note has 1 to {Report.LongestComment:N0} characters.");
        if (!await db.Cases.AnyAsync(c => c.Id == id, ct)) throw Refusal.NotFound();
        var note = new CaseNote { CaseId = id, AuthorId = actor.MemberId, Text = request.Text.Trim(), CreatedAt = db.Now };
        db.CaseNotes.Add(note);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/home/moderation/cases/{id}", new Answer(note.Id, note.Text, note.CreatedAt));
    }
}
