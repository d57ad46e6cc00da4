using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Home;

/// <summary>The mail drop: what the house would have mailed, while no mail server is set.</summary>
public static class MailAdmin
{
    public sealed record Line(string Key, string Subject, string To, DateTimeOffset At);

    internal static void Map(RouteGroupBuilder admin)
    {
        admin.MapGet("/mail", ListAsync).Operation("listDroppedMail", "Lists the mail drop, newest first", "home:admin", RateClass.Read, "not_found");
        admin.MapGet("/mail/{key}", ReadAsync).Operation("getDroppedMail", "Shows a mail of the drop with its headers", "home:admin", RateClass.Read, "not_found");
        admin.MapDelete("/mail", Empty).Operation("emptyMailDrop", "Removes all mail from the drop", "home:admin", RateClass.Write, "not_found");
    }

    internal static async Task<Slice<Line>> ListAsync(int? limit, string? cursor, MailDrop drop, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        var page = new Page(limit, cursor);
        var mails = await drop.ListAsync(page.Size + 1, cursor, ct);
        return Slice<DroppedMail>.Cut(mails, page.Size, m => m.Key).Select(m => new Line(m.Key, m.Subject, m.To, m.Date));
    }

    internal static async Task<DroppedMail> ReadAsync(string key, MailDrop drop, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        return await drop.ReadAsync(key, ct) ?? throw Refusal.NotFound();
    }

    internal static NoContent Empty(MailDrop drop, Actor actor)
    {
        actor.DemandAdministrator();
        drop.Empty();
        return TypedResults.NoContent();
    }
}
