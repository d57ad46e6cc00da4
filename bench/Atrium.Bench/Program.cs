using System.CommandLine;
using Atrium.Bench;
using Atrium.Bench.Social;
using Atrium.Bench.Tasks;

var names = new Argument<string[]>("scenario") { Description = "Which to run; all of them when none is named", Arity = ArgumentArity.ZeroOrMore };
var seconds = new Option<int>("--seconds") { Description = "How long each side of a comparison is measured", DefaultValueFactory = _ => 5 };
var connections = new Option<int>("--connections") { Description = "How many callers ask at once", DefaultValueFactory = _ => 8 };
var rows = new Option<int>("--tasks") { Description = "How many tasks the large project has", DefaultValueFactory = _ => 10_000 };
var root = new RootCommand("Measures the house against a raw floor: the same answer by hand-written SQL without any of the house. ATRIUM_TEST_POSTGRES names a PostgreSQL server; else SQLite.")
{
    names, seconds, connections, rows,
};
root.SetAction(async (parsed, ct) =>
{
    IReadOnlyList<IScenario> ofTasks = [.. ReadScenario.All, new MoveScenario(), new LiveBoardScenario(), new RecurrenceScenario(), .. DavScenario.All];
    IReadOnlyList<IScenario> all =
    [
        .. ofTasks, new HomeScenario(), new PostScenario(), new FanOutScenario(), new RebuildScenario(), new StreamScenario(), new ContextScenario(), new CountsScenario(), new InboxScenario(),
        new SearchScenario(),
    ];
    var asked = parsed.GetValue(names)!;
    var unknown = asked.Except(all.Select(s => s.Name)).ToList();
    if (unknown.Count > 0)
    {
        await Console.Error.WriteLineAsync($"There is no scenario {string.Join(", ", unknown)}. There are: {string.Join(", ", all.Select(s => s.Name))}.");
        return 1;
    }

    await using var house = new BenchHouse();
    await house.InitializeAsync();
    await using var floor = await Floor.StartAsync(house, ct);
    var chosen = all.Where(s => asked.Length == 0 || asked.Contains(s.Name)).ToList();
    var sample = chosen.Exists(ofTasks.Contains) ? await TaskSample.FillAsync(house, parsed.GetValue(rows), ct) : null;
    var stage = new Stage(house, floor, TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(connections), sample);
    Console.WriteLine($"{(house.OnPostgres ? "PostgreSQL" : "SQLite")}, {Environment.ProcessorCount} processors, {parsed.GetValue(connections)} callers, {parsed.GetValue(seconds)} s each; driver, house and floor share the machine");
    foreach (var scenario in chosen) await scenario.RunAsync(stage, ct);
    return 0;
});
return await root.Parse(args).InvokeAsync();
