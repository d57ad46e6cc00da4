using System.CommandLine;
using Atrium.CommandLine;

var data = new Option<string>("--data") { Description = "The data folder", DefaultValueFactory = _ => "data", Recursive = true };
var root = new RootCommand("Atrium: one server for a community's tasks, accounts and everything else.")
{
    data,
    new UserVerbs(data),
    new TokenVerb(data),
    new AppPasswordVerb(data),
    new ImportVerb(data),
    new ExportVerb(data),
    new BackupVerb(data),
    new RestoreVerb(data),
    new DoctorVerb(data),
    new MigrateVerb(data),
    new ReindexVerb(data),
};
var serve = new ServeVerb(data);
root.Add(serve);

// A handle may be written with its @, which elsewhere names a file of arguments.
// Without a verb the house is served; the migration tool starts the program with options of its own and only wants it built.
var verbless = args.Length == 0 || args[0].StartsWith('-') && args[0] is not ("-h" or "--help" or "-?" or "--version");
return await root.Parse(verbless ? [serve.Name, .. args] : args, new ParserConfiguration { ResponseFileTokenReplacer = null }).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
