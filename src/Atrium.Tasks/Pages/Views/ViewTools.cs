using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Microsoft.AspNetCore.Http;

namespace Atrium.Tasks;

/// <summary>What the endpoints of boards and lists hand to the use cases.</summary>
internal sealed record ViewTools(
    TaskDesk Desk, TaskEditing Editing, TaskNames Names, TaskReader Reader, FilterReader Filters, ProjectReader Projects, ProjectDesk ProjectDesk, PersonalList Personal, TasksDb Db, IMembers Members,
    TimeProvider Clock, Actor Actor, HttpContext Http, CancellationToken Ct);
