using Atrium.Kernel;
using CsCheck;

namespace Atrium.Tasks.Tests;

public sealed class MergeTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData("a\nb\nc", "a\nB\nc", "a\nb\nc\nd", "a\nB\nc\nd")]
    [InlineData("a\nb\nc", "x\na\nb\nc", "a\nb\nc\ny", "x\na\nb\nc\ny")]
    [InlineData("a\nb\nc\nd", "a\nc\nd", "a\nb\nc\nD", "a\nc\nD")]
    [InlineData("a\nb", "a\nb", "", "")]
    [InlineData("a", "b", "b", "b")]
    [InlineData("", "", "new", "new")]
    [InlineData("a\nb\nc", "a\nB\nc", "a\nb2\nc", null)]
    [InlineData("a\nb\nc", "a\nc", "a\nB\nc", null)]
    [InlineData("", "yours", "theirs", null)]
    public void Lines_merge_or_say_that_they_cannot(string before, string yours, string theirs, string? merged)
    {
        Assert.Equal(merged, LineMerge.Merge(before, yours, theirs));
        Assert.Equal(merged, LineMerge.Merge(before, theirs, yours));
    }

    [Fact]
    public void A_merge_holds_every_line_either_side_wrote() =>
        Gen.Select(Gen.Int[0, 12].List[0, 14], Gen.Select(Gen.Int[0, 20], Gen.Bool).List[0, 4], Gen.Select(Gen.Int[0, 20], Gen.Bool).List[0, 4]).Sample(
            (lines, mine, others) =>
            {
                var before = lines.ConvertAll(l => $"line {l}");
                var yours = Edit(before, mine, "yours");
                var theirs = Edit(before, others, "theirs");
                if (LineMerge.Merge(string.Join('\n', before), string.Join('\n', yours), string.Join('\n', theirs)) is not { } text) return;
                var merged = text.Split('\n');
                Assert.All(yours.Where(l => l.Contains("yours", StringComparison.Ordinal)), l => Assert.Contains(l, merged));
                Assert.All(theirs.Where(l => l.Contains("theirs", StringComparison.Ordinal)), l => Assert.Contains(l, merged));
            },
            iter: 2000);

    [Fact]
    public void Great_texts_merge_quickly()
    {
        var lines = Enumerable.Range(0, 12_000).Select(i => $"l{i}").ToArray();
        var (yours, theirs) = ((string[])lines.Clone(), (string[])lines.Clone());
        yours[10] = "mine";
        theirs[11_900] = "other";
        var watch = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.Contains("other", LineMerge.Merge(string.Join('\n', lines), string.Join('\n', yours), string.Join('\n', theirs)), StringComparison.Ordinal);
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(watch) < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Different_fields_merge_and_the_same_field_conflicts()
    {
        var task = _scene.Task();
        task.Describe("One\nTwo\nThree", _scene.By());
        task.Stamp(1);
        task.Rename("Water the roses", _scene.By(_scene.Ben));
        task.Describe("One\nTwo\nThree\nFour", _scene.By(_scene.Ben));
        var since = task.Stamp(2);

        var merge = FieldMerge.Decide(
            since,
            new Dictionary<string, string?> { [Field.Priority] = "1", [Field.Description] = "Zero\nOne\nTwo\nThree", [Field.Title] = "Water the lilies" },
            f => f == Field.Title ? task.Title : task.Description);

        Assert.Equal("1", merge.Apply[Field.Priority]);
        Assert.Equal("Zero\nOne\nTwo\nThree\nFour", merge.Apply[Field.Description]);
        Assert.Equal(new EditConflict(Field.Title, "Water the beds", "Water the lilies", "Water the roses"), Assert.Single(merge.Conflicts));
        Assert.Equal("edit_conflict", Scene.Code(() => merge.Demand()));
    }

    [Fact]
    public void Sending_what_was_there_undoes_nobody()
    {
        var task = _scene.Task();
        task.Rename("Water the roses", _scene.By(_scene.Ben));
        var merge = FieldMerge.Decide(task.Stamp(2), new Dictionary<string, string?> { [Field.Title] = "Water the beds" }, _ => task.Title);
        Assert.Empty(merge.Apply);
        Assert.Empty(merge.Conflicts);
    }

    [Fact]
    public void Lists_merge_item_by_item()
    {
        var task = _scene.Task();
        task.Assign([_scene.Ada, _scene.Ben], _scene.By());
        task.Stamp(1);
        task.Assign([_scene.Ben, _scene.Cleo], _scene.By());
        var since = task.Stamp(2);
        var dan = Id<Member>.New().ToString();
        var merged = FieldMerge.Items([.. task.Assignees.Select(a => a.MemberId.ToString())], since, [_scene.Ada.ToString(), dan]);
        Assert.Equal(new[] { _scene.Cleo.ToString(), dan }.Order(), merged.Order());
    }

    private static List<string> Edit(List<string> lines, List<(int At, bool Insert)> edits, string mark)
    {
        var edited = lines.ToList();
        for (var i = 0; i < edits.Count; i++)
        {
            var at = edits[i].At % (edited.Count + 1);
            if (edits[i].Insert || at == edited.Count) edited.Insert(at, $"{mark} {i}");
            else edited[at] = $"{mark} {i}";
        }

        return edited;
    }
}
