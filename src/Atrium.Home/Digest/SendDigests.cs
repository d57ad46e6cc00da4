using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>A member's digest of a local day is to be written and sent.</summary>
[EventName("home.digest_due")]
internal sealed record DigestDue(Id<Member> Member, DateOnly Day)
{
    /// <summary>When they come to those who chose no hour, and only for what they are told of by mail once a day.</summary>
    private const int Hour = 8;

    /// <summary>The next of these mornings, and when it is.</summary>
    public static (DateOnly Day, DateTimeOffset At) Next(DateTimeOffset now, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return MorningOf(day, zone) is var today && today > now ? (day, today) : (day.AddDays(1), MorningOf(day.AddDays(1), zone));
    }

    public static DateTimeOffset MorningOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(new(Hour, 0));
        return new(local, zone.GetUtcOffset(local));
    }
}

/// <summary>Takes on the digests whose hour has come, each once a local day however many workers look.</summary>
internal sealed class SendDigests(HomeDb db, IMembers members) : IRecurringWork
{
    private const int Batch = 200;

    public async Task RunAsync(CancellationToken ct)
    {
        Id<Member>? last = null;
        while (true)
        {
            var readers = await db.Readers.Where(r => r.DigestHour != null && (last == null || r.MemberId > last)).OrderBy(r => r.MemberId).Take(Batch).ToListAsync(ct);
            if (readers.Count == 0) return;
            last = readers[^1].MemberId;
            var contacts = await members.ContactsAsync([.. readers.Select(r => r.MemberId)], ct);
            var due = new List<DigestDue>();
            foreach (var reader in readers)
            {
                if (!contacts.TryGetValue(reader.MemberId, out var contact) || !contact.Active) continue;
                var local = Zones.Local(db.Now, contact.TimeZone);
                // Later than its hour too: a house that slept through the hour sends it when it wakes.
                if (local.Hour >= reader.DigestHour) due.Add(new(reader.MemberId, DateOnly.FromDateTime(local)));
            }

            await db.WriteAsync(
                async token =>
                {
                    foreach (var digest in due)
                        if (await db.TakeDigestAsync(digest.Member, digest.Day, token))
                            db.Publish(digest);
                },
                ct);
        }
    }
}
