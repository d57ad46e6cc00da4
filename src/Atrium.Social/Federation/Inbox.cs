using System.Text;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbox;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>An activity whose signature and origin were found right, to be applied.</summary>
[EventName("social.activity_arrived")]
internal sealed record ActivityArrived(Id<InboxActivity> Activity, Id<Account> From, string Json);

/// <summary>
/// The door for what other servers send. The signature, the origin and the size are checked before anything is answered, so that the sender knows;
/// an activity that came before is answered alike and changes nothing.
/// </summary>
internal sealed class Inbox(SocialDb db, FederationGate gate, SignatureCheck signatures)
{
    private const int BodyCap = 1 << 20;
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    public async Task<IResult> TakeAsync(HttpRequest request, CancellationToken ct)
    {
        await gate.DemandAsync(ct);
        if (await ReadAsync(request, ct) is not { } body) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (ApNode.Parse(body) is not { Id: { Length: <= 2000 } id } activity || activity.Ref("actor") is not { Length: <= 2000 } actor || activity.Type.Length is 0 or > 100) return Results.BadRequest();

        var domain = gate.DomainOf(actor);
        if (!await gate.MayAsync(domain, ct) || gate.DomainOf(id) != domain) return Results.StatusCode(StatusCodes.Status403Forbidden);
        // Whom we never met we need not forget; their key is gone with them.
        if (activity.Type == "Delete" && activity.Ref("object") == actor && !await db.Accounts.AnyAsync(a => a.Uri == actor, ct)) return Results.Accepted();
        if (await signatures.SignerAsync(request, body, ct) is not { } signer || signer.Uri != actor) return Results.Unauthorized();
        if (!OriginHolds(activity, actor, domain)) return Results.StatusCode(StatusCodes.Status403Forbidden);

        await gate.MeetAsync(ct);
        await KeepAsync(activity, signer, body, ct);
        return Results.Accepted();
    }

    // What an activity makes or changes is its actor's own, and is of its actor's server.
    private bool OriginHolds(ApNode activity, string actor, string domain)
    {
        if (activity.Type is not ("Create" or "Update" or "Delete" or "Undo" or "Add" or "Remove")) return true;
        if (activity.Ref("object") is not { } target) return activity.Type == "Undo";
        if (activity.Type is "Add" or "Remove") return activity.Ref("target") is { } place && gate.DomainOf(place) == domain;
        if (gate.DomainOf(target) != domain) return false;
        if (activity.Object("object") is not { } held) return true;
        var owner = held.Ref(activity.Type == "Undo" ? "actor" : "attributedTo");
        return owner is null ? activity.Type is "Undo" or "Delete" || target == actor : owner == actor;
    }

    private async Task KeepAsync(ApNode activity, Account signer, byte[] body, CancellationToken ct)
    {
        var row = new InboxActivity
        {
            ActivityId = activity.Id!, Type = activity.Type, Domain = signer.Domain, ActorUri = signer.Uri, ObjectUri = activity.Ref("object"), ReceivedAt = db.Now, Result = "arrived",
        };
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    await WakeAsync(signer.Domain, token);
                    db.InboxActivities.Add(row);
                    db.Publish(new ActivityArrived(row.Id, signer.Id, Encoding.UTF8.GetString(body)), signer.Id.ToString());
                },
                ct);
        }
        catch (UniqueViolation)
        {
            // The same came before: it changes nothing.
            db.ChangeTracker.Clear();
        }
    }

    // Who speaks can be spoken to: what waits for that server goes out now.
    private async Task WakeAsync(string domain, CancellationToken ct)
    {
        var host = await db.Hosts.AsTracking().FirstOrDefaultAsync(h => h.Domain == domain, ct);
        if (host is null) db.Hosts.Add(new() { Domain = domain, FirstSeenAt = db.Now, LastSeenAt = db.Now });
        else
        {
            var failed = host.Failures > 0;
            // Not every word of a server that talks a lot is written down as its last.
            if (!failed && db.Now - host.LastSeenAt < SeenEvery) return;
            host.LastSeenAt = db.Now;
            // One that only asked to be left alone for a while still is.
            if (!failed) return;
            (host.Failures, host.DeadSince, host.PausedUntil) = (0, null, null);
            foreach (var due in await db.Deliveries.Where(d => d.Domain == domain && d.State == DeliveryState.Due).OrderBy(d => d.Id).Select(d => new { d.Id, d.Attempts, d.Inbox }).Take(500).ToListAsync(ct))
                db.Publish(new DeliveryDue(due.Id, due.Attempts), due.Inbox);
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > BodyCap) return null;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (body.Length + read > BodyCap) return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
