using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbound;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Gives a post the preview of its link. What a link leads to is fetched once for all posts that hold it; a thing of the house is only named, and
/// its card is asked for when somebody reads, so that nobody is shown what they may not see.
/// </summary>
internal sealed class FetchCard(SocialDb db, ReadLink links, OutboundHttp http, FileDesk files, Things things, HouseAddress house, HouseSettings settings) : IEffect<CardWanted>
{
    public static readonly Setting Switch = new("social.previews", "Fetch previews of links in posts", SettingKind.Switch, "true", "The house asks the linked pages; readers do not.");

    private const int LargestImage = 5 << 20;
    private const int Tries = 5;
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(14);

    public async Task HandleAsync(CardWanted happened, Delivery delivery, CancellationToken ct)
    {
        // Whatever else changes the post meanwhile, its card is not lost.
        while (await db.Statuses.FirstOrDefaultAsync(s => s.Id == happened.Status && s.DeletedAt == null, ct) is { } status)
        {
            var link = status.HasMedia ? null : LinkOf.Html(status.Html);
            var (id, card) = link is null ? (null, null) : await CardAsync(link, delivery, ct);
            if (status.Document.Card == card && status.CardId == id) return;
            var document = status.Document with { Card = card };
            var kept = await db.WriteAsync(
                async token =>
                {
                    if (await db.Statuses.Where(s => s.Id == status.Id && s.Revision == status.Revision).ExecuteUpdateAsync(set => set.SetProperty(s => s.CardId, id).SetProperty(s => s.Document, document), token) == 0) return false;
                    db.Announce(SocialTopics.Statuses, status.Id.Value, "status.update");
                    return true;
                },
                ct);
            if (kept) return;
        }
    }

    private async Task<(Id<PreviewCard>?, DocumentCard?)> CardAsync(string link, Delivery delivery, CancellationToken ct)
    {
        if (link.StartsWith('/') || link.StartsWith(house.Root + "/", StringComparison.Ordinal))
            return (null, await ThingAsync(link.StartsWith('/') ? link : link[house.Root.Length..], ct));
        if (!await settings.IsOnAsync(Switch, ct)) return (null, null);
        try
        {
            var row = await KeptAsync(link, ct);
            return row.Card is null ? (null, null) : (row.Id, row.Card);
        }
        catch (OutboundFailure) when (delivery.Attempt >= Tries)
        {
            // The next post with this link asks again.
            return (null, null);
        }
    }

    private async Task<DocumentCard?> ThingAsync(string path, CancellationToken ct) =>
        await things.AtAsync(path.Split('?', '#')[0], Actor.System, ct) is { } card
            ? new(card.Href, "", "", null, "link", "", "", "", "", 0, 0, null, "", null, null, card.Thing.ToString())
            : null;

    private async Task<PreviewCard> KeptAsync(string link, CancellationToken ct)
    {
        var hash = RandomKey.Hash(link);
        var row = await db.PreviewCards.AsTracking().FirstOrDefaultAsync(c => c.UrlHash == hash, ct);
        if (row is not null && db.Now - row.FetchedAt < Fresh) return row;
        var facts = await links.ReadAsync(link, ct);
        var isNew = row is null;
        row ??= new() { UrlHash = hash, Url = link };
        var before = row.FileId;
        var file = facts?.Image is { } image ? await ImageAsync(image, ct) : null;
        row.FileId = file?.Id;
        row.FetchedAt = db.Now;
        row.Card = facts is null ? null : new(
            facts.Url, facts.Title, facts.Description, facts.Language, facts.Type, facts.AuthorName, facts.AuthorUrl, facts.ProviderName, facts.ProviderUrl, file?.Width ?? 0, file?.Height ?? 0,
            file is null ? null : $"/social/cards/{row.Id}/{row.Secret}", facts.ImageDescription, file?.Blurhash, facts.PublishedAt);
        try
        {
            if (isNew) db.PreviewCards.Add(row);
            await db.SaveChangesAsync(ct);
            if (before is { } old) await files.ReleaseAsync(old, ct);
            return row;
        }
        catch (UniqueViolation)
        {
            // Another post with the same link was faster.
            db.ChangeTracker.Clear();
            if (file is not null) await files.ReleaseAsync(file.Id, ct);
            return await db.PreviewCards.FirstAsync(c => c.UrlHash == hash, ct);
        }
    }

    private async Task<FileRecord?> ImageAsync(string address, CancellationToken ct)
    {
        try
        {
            var answer = await http.GetAsync(address, "image/*", LargestImage, ct);
            if (!answer.IsSuccess || !FileKind.IsPicture(FileKind.Sniff(answer.Body.AsSpan(0, Math.Min(answer.Body.Length, FileKind.SniffLength))))) return null;
            using var content = new MemoryStream(answer.Body);
            var file = await files.TakeAsync(content, "card", null, ct);
            await files.AttachAsync(file.Id, Audience.Members, null, ct);
            return file;
        }
        catch (Exception e) when (e is OutboundFailure or Refusal)
        {
            return null;
        }
    }
}
