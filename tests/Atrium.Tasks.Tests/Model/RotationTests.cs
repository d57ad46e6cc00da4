using Atrium.Kernel;

namespace Atrium.Tasks.Tests;

public sealed class RotationTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Round_robin_goes_round()
    {
        var task = Chore(RotationStrategy.RoundRobin);
        var turns = new List<Id<Member>>();
        for (var i = 0; i < 7; i++)
        {
            turns.Add(Assert.Single(task.Assignees).MemberId);
            Done(task, turns[^1]);
        }

        Assert.Equal([_scene.Ada, _scene.Ben, _scene.Cleo, _scene.Ada, _scene.Ben, _scene.Cleo, _scene.Ada], turns);
    }

    [Fact]
    public void Least_load_is_fair_when_one_does_extra()
    {
        var task = Chore(RotationStrategy.LeastLoad);
        RotationTurn? turn = null;
        for (var i = 0; i < 9; i++)
        {
            // Ben does Ada's turn twice, out of kindness.
            var assigned = Assert.Single(task.Assignees).MemberId;
            turn = Done(task, i is 0 or 1 ? _scene.Ben : assigned);
        }

        var table = task.Recurrence!.Rotation!.Table(RotationTally.Count(task.Occurrences, _scene.Now));
        Assert.Equal([3, 3, 3], table.Select(r => r.Done));
        Assert.Equal(1, table.Sum(r => r.Share), 5);
        Assert.Equal(TurnReason.LongestAgo, turn!.Reason);
        Assert.Equal("It is Ben’s turn: others did it as often, but Ben’s last time is longest ago.", turn.Words("Ben"));
        Assert.Single(table, r => r.IsNow);
    }

    [Fact]
    public void What_is_older_than_ninety_days_no_longer_counts()
    {
        var task = Chore(RotationStrategy.LeastLoad);
        Done(task, _scene.Ada);
        _scene.Now = _scene.Now.AddDays(91);
        var tally = RotationTally.Count(task.Occurrences, _scene.Now);
        Assert.Equal(0, tally.Of(_scene.Ada).Done);
        Assert.NotNull(tally.Of(_scene.Ada).Last);
    }

    [Fact]
    public void Helpers_outside_the_rotation_stay()
    {
        var helper = Id<Member>.New();
        var task = Chore(RotationStrategy.RoundRobin);
        task.Assign([_scene.Ada, helper], _scene.By());
        Done(task, _scene.Ada);
        Assert.Equal([_scene.Ben, helper], task.Assignees.Select(a => a.MemberId).OrderBy(m => m != _scene.Ben));
    }

    [Fact]
    public void Two_to_fifty_take_turns()
    {
        Assert.Equal("too_few", Scene.Code(() => _ = new Rotation([_scene.Ada, _scene.Ada], RotationStrategy.RoundRobin)));
        Assert.Equal("too_many_items", Scene.Code(() => _ = new Rotation(Enumerable.Range(0, 51).Select(_ => Id<Member>.New()), RotationStrategy.RoundRobin)));
    }

    private TaskItem Chore(RotationStrategy strategy)
    {
        var task = _scene.Task(due: "2026-11-23", rule: "FREQ=DAILY");
        task.Rotate(new([_scene.Ada, _scene.Ben, _scene.Cleo], strategy), _scene.By());
        return task;
    }

    private RotationTurn? Done(TaskItem task, Id<Member> by)
    {
        _scene.Now = _scene.Now.AddDays(1);

        // The use case counts the occurrences in the database and adds the one being made.
        var tally = RotationTally.Count(task.Occurrences, _scene.Now);
        var loads = tally.Loads.ToDictionary();
        loads[by] = new(tally.Of(by).Done + 1, _scene.Now);
        return task.Complete(_scene.Here with { Tally = new(loads) }, _scene.By(by)).Turn;
    }
}
