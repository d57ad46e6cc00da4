using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>A volunteer's place in a task, or their turn in its queue.</summary>
internal sealed class Place
{
    private Place() { }

    internal Place(Id<TaskItem> task, Id<Member> member, int? slot, DateTimeOffset at) => (TaskId, MemberId, SlotNo, QueuedAt) = (task, member, slot, at);

    public Id<TaskItem> TaskId { get; private set; }

    public Id<Member> MemberId { get; private set; }

    /// <summary>1 to the number of places; null while queueing. Unique in the task.</summary>
    public int? SlotNo { get; internal set; }

    public DateTimeOffset QueuedAt { get; private set; }
}

/// <summary>What taking a place came to: a slot, or a position in the queue counted from 1.</summary>
internal sealed record PlaceTaken(int? Slot, int? QueuePosition);

internal sealed partial class TaskItem
{
    public int PlacesTaken => PlaceRows.Count(p => p.SlotNo is not null);

    /// <summary>Who waits, first come first.</summary>
    public IReadOnlyList<Place> Queue => [.. PlaceRows.Where(p => p.SlotNo is null).OrderBy(p => p.QueuedAt).ThenBy(p => p.MemberId)];

    public bool NeedsPeople => IsOpen && Places is { } n && PlacesTaken < n;

    public bool HoldsPlace(Id<Member> member) => PlaceRows.Exists(p => p.MemberId == member && p.SlotNo is not null);

    /// <summary>Says how many volunteers it needs; more lets the queue in.</summary>
    /// <returns>Who got a place from the queue.</returns>
    public IReadOnlyList<Id<Member>> NeedPeople(int? count, Change by)
    {
        if (count is < 1 or > Limits.Places) throw Refusal.Invalid(Field.Places, $"Between 1 and {Limits.Places} places.");
        if (count == Places) return [];
        if (count is null ? PlaceRows.Count > 0 : PlacesTaken > count)
            throw Refusal.Conflict("places_taken", $"{PlacesTaken} places are taken. Ask someone to leave theirs first.");
        Record(by, Field.Places, Places is { } old ? Text(old) : null, count is { } now ? Text(now) : null);
        Places = count;
        Compact();
        return Promote(by);
    }

    /// <summary>Takes the smallest free place, or joins the queue.</summary>
    /// <param name="queue">False to be refused rather than queued.</param>
    /// <exception cref="Refusal"><c>already_has_place</c>, <c>places_full</c>.</exception>
    public PlaceTaken TakePlace(Id<Member> member, Change by, bool queue = true)
    {
        if (Places is not { } places || !IsOpen) throw Refusal.Conflict("no_places", "This task does not need people.");
        if (PlaceRows.Exists(p => p.MemberId == member)) throw Refusal.Conflict("already_has_place", "You have a place here already.");
        var slot = FreeSlot(places);
        if (slot is null && !queue) throw Refusal.Conflict("places_full", $"All {places} places are taken.");
        PlaceRows.Add(new(Id, member, slot, by.At));
        Record(by, Field.Place, null, slot is { } taken ? $"{member} took place {taken}" : $"{member} queued");
        return slot is null ? new(null, Queue.TakeWhile(p => p.MemberId != member).Count() + 1) : new(slot, null);
    }

    /// <summary>Leaves a place or the queue; a freed place goes to the first who waits.</summary>
    public IReadOnlyList<Id<Member>> LeavePlace(Id<Member> member, Change by)
    {
        var place = PlaceRows.Find(p => p.MemberId == member) ?? throw Refusal.NotFound("You have no place here.");
        PlaceRows.Remove(place);
        Record(by, Field.Place, place.SlotNo is { } slot ? $"{member} had place {slot}" : $"{member} queued", null);
        return Promote(by);
    }

    private List<Id<Member>> Promote(Change by)
    {
        var promoted = new List<Id<Member>>();
        foreach (var waiting in Queue)
        {
            if (Places is not { } places || FreeSlot(places) is not { } slot) break;
            waiting.SlotNo = slot;
            promoted.Add(waiting.MemberId);
            Record(by, Field.Place, null, $"{waiting.MemberId} took place {slot} from the queue");
        }

        return promoted;
    }

    /// <summary>After the number of places went down, whoever sat beyond it moves to a free one.</summary>
    private void Compact()
    {
        if (Places is not { } places) return;
        foreach (var beyond in PlaceRows.Where(p => p.SlotNo > places).OrderBy(p => p.SlotNo)) beyond.SlotNo = FreeSlot(places);
    }

    private int? FreeSlot(int places)
    {
        var taken = PlaceRows.Where(p => p.SlotNo is not null).Select(p => p.SlotNo!.Value).ToHashSet();
        for (var slot = 1; slot <= places; slot++)
            if (!taken.Contains(slot))
                return slot;
        return null;
    }
}
