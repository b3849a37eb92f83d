using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Requirements;

/// <summary>Requests that were submitted, and what the compliance team makes of them. Source: SubmissionManagerImpl.</summary>
internal sealed class AccessSubmissions(
    RequirementTable requirements, RequestTables tables, AccessRequests requests, Approvals approvals, ApprovalTable approved,
    TimeProvider time)
{
    private const string OnlyAct = "Only ACT member can perform this action.";
    private const string Cancelled = "CANCELLED";
    private const string Approved = "APPROVED";
    private const string Rejected = "REJECTED";

    public AccessRequirementStatus Status(Caller caller, long requirementId)
    {
        var requirement = requirements.Require(requirementId);
        var isManaged = RequirementRules.KindOf(requirement) == RequirementRules.Managed;
        var active = approved.Active(requirementId, caller.Id);
        return new AccessRequirementStatus
        {
            ConcreteType = "org.sagebionetworks.repo.model.dataaccess."
                + (isManaged ? "ManagedACTAccessRequirementStatus" : "BasicAccessRequirementStatus"),
            AccessRequirementId = EntityShape.Text(requirementId),
            IsApproved = active.Count > 0,
            ExpiredOn = active.Max(approval => approval.ExpiredOn),
            CurrentSubmissionStatus =
                isManaged && tables.Latest(requirementId, caller.Id) is { } latest ? StatusOf(latest) : null,
        };
    }

    public AccessSubmissionStatus Submit(Caller caller, CreateSubmissionRequest body)
    {
        var id = EntityIds.ParseNumber(Required(body.RequestId, "requestId"), "requestId");
        Required(body.RequestEtag, "etag");
        Required(body.SubjectId, "subjectId");
        Required(body.SubjectType, "subjectType");
        var request = tables.Request(id)
            ?? throw ServiceException.NotFound($"The resource you are attempting to access cannot be found: request {id}");
        Require(body.RequestEtag == request.Etag, "Etag does not match.");
        var requirement = requirements.Require(EntityIds.ParseNumber(request.AccessRequirementId, "accessRequirementId"));
        Check(caller, request, requirement);
        var project = tables.Project(EntityIds.ParseNumber(request.ResearchProjectId, "researchProjectId"));
        var isRenewal = request.ConcreteType == AccessRequests.Renewal;
        var now = Now;
        var submission = new AccessSubmission
        {
            Id = EntityShape.Text(tables.NewId("access submission")),
            AccessRequirementId = request.AccessRequirementId,
            AccessRequirementVersion = requirement.VersionNumber,
            RequestId = request.Id,
            DucFileHandleId = requirement.IsDucRequired == true ? request.DucFileHandleId : null,
            IrbFileHandleId = requirement.IsIrbApprovalRequired == true ? request.IrbFileHandleId : null,
            Attachments = requirement.AreOtherAttachmentsRequired == true ? request.Attachments : null,
            AccessorChanges = request.AccessorChanges,
            ResearchProjectSnapshot = project,
            IsRenewalSubmission = isRenewal,
            Publication = isRenewal ? request.Publication : null,
            SummaryOfUse = isRenewal ? request.SummaryOfUse : null,
            SubmittedOn = now,
            SubmittedBy = caller.IdText,
            ModifiedOn = now,
            ModifiedBy = caller.IdText,
            State = RequestTables.Submitted,
            Etag = Stamp.NewEtag(),
            SubjectId = body.SubjectId,
            SubjectType = body.SubjectType,
        };
        tables.Put(submission, requirement.Id ?? 0, caller.Id);
        return StatusOf(submission);
    }

    public AccessSubmissionStatus Cancel(Caller caller, long id)
    {
        var submission = tables.RequireSubmission(id);
        if (submission.SubmittedBy != caller.IdText)
        {
            throw ServiceException.Forbidden("Can only cancel submission you submitted.");
        }

        Require(submission.State == RequestTables.Submitted, $"Cannot cancel a submission with {submission.State} state.");
        return StatusOf(Change(caller, submission, Cancelled, reason: null));
    }

    /// <summary>The compliance team says yes or no.</summary>
    public AccessSubmission Review(Caller caller, SubmissionStateChangeRequest body)
    {
        var id = EntityIds.ParseNumber(Required(body.SubmissionId, "submissionId"), "submissionId");
        var state = Required(body.NewState, "newState");
        Require(state is Approved or Rejected, $"Do not support changing to state: {state}");
        var submission = tables.RequireSubmission(id);
        Requirements.RequireCompliance(
            caller, "The user must be validated in order to review data access submissions.");
        Require(submission.State == RequestTables.Submitted, $"Cannot change state of a submission with {submission.State} state.");
        if (state == Approved)
        {
            Approve(caller, submission);
        }

        return Change(caller, submission, state, body.RejectedReason);
    }

    public AccessSubmission Get(Caller caller, long id)
    {
        var submission = tables.RequireSubmission(id);
        Requirements.RequireCompliance(caller, "The user must be validated in order to review data access submissions.");
        return submission;
    }

    public void Delete(Caller caller, long id)
    {
        Requirements.RequireCompliance(caller, OnlyAct);
        tables.DeleteSubmission(id);
    }

    public AccessSubmissionPage List(Caller caller, long requirement, SubmissionPageRequest request)
    {
        Requirements.RequireCompliance(caller, OnlyAct);
        var page = PageToken.Parse(request.NextPageToken);
        var found = tables.Submissions(requirement, request.FilterBy, page);
        return new AccessSubmissionPage { Results = page.Page(found), NextPageToken = page.Next(found.Count) };
    }

    public OpenSubmissionPage Open(Caller caller, string? token)
    {
        Requirements.RequireCompliance(caller, OnlyAct);
        var page = PageToken.Parse(token);
        var found = tables.Open(page);
        return new OpenSubmissionPage { OpenSubmissionList = page.Page(found), NextPageToken = page.Next(found.Count) };
    }

    private DateTimeOffset Now => EntityShape.Date(time.GetUtcNow().ToUnixTimeMilliseconds());

    private void Check(Caller caller, AccessRequest request, AccessRequirement requirement)
    {
        var requirementId = requirement.Id ?? 0;
        Require(
            !tables.IsWaiting(requirementId, caller.Id),
            "A submission has been created. It has to be reviewed or cancelled before another submission can be created.");
        Require(
            requirement.IsDucRequired != true || request.DucFileHandleId is not null,
            "You must provide a Data Use Certification document.");
        Require(
            requirement.IsIrbApprovalRequired != true || request.IrbFileHandleId is not null,
            "You must provide an Institutional Review Board approval document.");
        Require(
            requirement.AreOtherAttachmentsRequired != true || request.Attachments is { Count: > 0 },
            "You must provide the required attachment(s).");
        Require(request.AccessorChanges is { Count: > 0 }, "Must provide at least one accessor.");
        var seen = new HashSet<long>();
        var gaining = new HashSet<long>();
        foreach (var change in request.AccessorChanges ?? [])
        {
            var user = EntityIds.ParseNumber(change?.UserId, "accessorChanges.userId");
            Require(change?.Type is "GAIN_ACCESS" or "RENEW_ACCESS" or "REVOKE_ACCESS", $"Unknown type of change: {change?.Type}");
            Require(seen.Add(user), $"Accessor {user} is listed more than one.");
            if (change?.Type != "REVOKE_ACCESS")
            {
                gaining.Add(user);
            }

            Require(
                change?.Type == "GAIN_ACCESS" || approved.HasSubmitted(requirementId, caller.Id, user),
                "Cannot revoke / renew access for accessor who didn't gain access via your submission.");
        }

        approvals.RequireFit(requirement, gaining);
        Require(gaining.Contains(caller.Id), "Submitter has to be an accessor.");
    }

    private void Approve(Caller caller, AccessSubmission submission)
    {
        var requirement = requirements.Require(EntityIds.ParseNumber(submission.AccessRequirementId, "accessRequirementId"));
        var id = requirement.Id ?? 0;
        var submitter = EntityIds.ParseNumber(submission.SubmittedBy, "submittedBy");
        long? end = requirement.ExpirationPeriod is > 0 and { } period
            ? Math.Min(Now.ToUnixTimeMilliseconds() + Math.Min(period, long.MaxValue / 2), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            : null;
        foreach (var change in submission.AccessorChanges ?? [])
        {
            var accessor = EntityIds.ParseNumber(change.UserId, "userId");
            if (change.Type == "REVOKE_ACCESS")
            {
                approved.Revoke(id, accessor, submitter, caller.Id);
            }
            else
            {
                approved.Put(id, submission.AccessRequirementVersion ?? 0, submitter, accessor, end, caller.Id);
            }
        }

        if (tables.Request(EntityIds.ParseNumber(submission.RequestId, "requestId")) is { } request)
        {
            requests.Renew(request, id, submitter);
        }
    }

    private AccessSubmission Change(Caller caller, AccessSubmission submission, string state, string? reason)
    {
        var changed = submission with
        {
            State = state,
            RejectedReason = reason,
            ModifiedOn = Now,
            ModifiedBy = caller.IdText,
            Etag = Stamp.NewEtag(),
        };
        tables.Put(
            changed,
            EntityIds.ParseNumber(submission.AccessRequirementId, "accessRequirementId"),
            EntityIds.ParseNumber(submission.SubmittedBy, "submittedBy"));
        return changed;
    }

    private static AccessSubmissionStatus StatusOf(AccessSubmission submission) => new()
    {
        SubmissionId = submission.Id,
        SubmittedBy = submission.SubmittedBy,
        RejectedReason = submission.RejectedReason,
        State = submission.State,
        ModifiedOn = submission.ModifiedOn,
    };

    private static string Required(string? text, string field) =>
        string.IsNullOrEmpty(text) ? throw ServiceException.BadRequest($"{field} is required.") : text;

    private static void Require(bool isMet, string reason)
    {
        if (!isMet)
        {
            throw ServiceException.BadRequest(reason);
        }
    }
}
