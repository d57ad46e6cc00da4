using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Whether and at what hour of their day a member gets their agenda by mail. Off until they choose one.</summary>
internal static class ChooseAgenda
{
    /// <param name="Hour">0 to 23 in the member's own zone; null for no mail.</param>
    public sealed record Choice(int? Hour);

    public static void Map(RouteGroupBuilder tasks)
    {
        tasks.MapGet("/agenda", ReadAsync).Operation("getAgendaMail", "Says at what hour you get your agenda by mail", "tasks:read", RateClass.Read);
        tasks.MapPut("/agenda", SetAsync).Operation("setAgendaMail", "Chooses the hour of your daily agenda by mail, or none", "tasks:write", RateClass.Write);
    }

    public static async Task<Choice> ReadAsync(TasksDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        return new(await db.AgendaChoices.Where(c => c.MemberId == me).Select(c => (int?)c.Hour).FirstOrDefaultAsync(ct));
    }

    public static Task<Choice> SetAsync(Choice choice, TasksDb db, Actor actor, CancellationToken ct) => StoreAsync(actor.Demand(), choice, db, ct);

    public static async Task<Choice> StoreAsync(Id<Member> member, Choice choice, TasksDb db, CancellationToken ct)
    {
        if (choice.Hour is < 0 or > 23) throw Refusal.Invalid("hour", "An hour is 0 to 23.");
        await db.WriteAsync(
            async token =>
            {
                if (choice.Hour is not { } hour) await db.AgendaChoices.Where(c => c.MemberId == member).ExecuteDeleteAsync(token);
                else
                    await db.Database.ExecuteSqlAsync($"INSERT INTO tasks_agenda_choice (member_id, hour) VALUES ({member.Value}, {hour}) ON CONFLICT (member_id) DO UPDATE SET hour = excluded.hour", token);
            },
            ct);
        return choice;
    }
}
