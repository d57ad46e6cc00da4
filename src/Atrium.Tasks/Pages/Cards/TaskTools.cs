using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Files;
using Microsoft.AspNetCore.Http;

namespace Atrium.Tasks;

/// <summary>What the endpoints of the task page hand to the use cases.</summary>
internal sealed record TaskTools(
    TaskDesk Desk, TaskEditing Editing, TaskNames Names, TaskReader Reader, FilterReader Filters, ProjectReader Projects, TasksDb Db, Kernel.Data.KernelDb Kernel, Things Things, IMembers Members,
    FileDesk Files, TimeProvider Clock, IEnumerable<IDiscussions> Discussions, Actor Actor, HttpContext Http, CancellationToken Ct);
