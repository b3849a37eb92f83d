using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Teams;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Evaluations;

/// <summary>Who may submit now, alone or as a team. Source: SubmissionEligibilityManagerImpl.</summary>
internal sealed class Eligibility(
    EvaluationAccess access, EvaluationTable evaluations, Rounds rounds, SubmissionCounts counts, Challenges challenges, TeamTable teams,
    TimeProvider time)
{
    public TeamSubmissionEligibility OfTeam(Caller caller, long evaluation, long team)
    {
        if (!caller.Groups.Contains(team))
        {
            throw ServiceException.Forbidden("Requester is not a member of the Submission Team.");
        }

        access.RequireRight(caller, evaluation, EvaluationAccess.Submit);
        return Examine(evaluations.Get(evaluation)!, team, time.GetUtcNow());
    }

    public void RequireAlone(Caller caller, EvaluationRow evaluation, DateTimeOffset now)
    {
        if (challenges.OfProject(evaluation.ProjectId) is { } challenge && !caller.Groups.Contains(challenge.ParticipantTeamId))
        {
            throw ServiceException.Forbidden("Submitter is not registered for the challenge.");
        }

        var round = rounds.Current(evaluation, now) ?? throw Closed();
        var suffix = round.RoundStart is null && round.RoundEnd is null ? "." : ". (for the current submission round).";
        if (counts.IsElsewhere(evaluation.Id, caller.Id, team: null, round.RoundStart, round.RoundEnd))
        {
            throw ServiceException.Forbidden($"Submitter may not submit as an individual when having submitted as part of a Team{suffix}");
        }

        foreach (var limit in round.Limits ?? [])
        {
            var from = RoundRules.CountedFrom(limit.LimitType!, round.RoundStart, now);
            if (counts.ByContributor(evaluation.Id, caller.Id, from, round.RoundEnd) >= limit.MaximumSubmissions)
            {
                throw ServiceException.Forbidden(
                    $"Submitter has reached the {limit.LimitType!.ToLowerInvariant()} limit of {limit.MaximumSubmissions}{suffix}");
            }
        }
    }

    public void RequireTeam(EvaluationRow evaluation, long team, IReadOnlyList<long> contributors, string hash, DateTimeOffset now)
    {
        if (rounds.Current(evaluation, now) is null)
        {
            throw Closed();
        }

        if (!int.TryParse(hash, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var told))
        {
            throw ServiceException.Forbidden("Submission Eligibilty Hash is invalid.");
        }

        var state = Examine(evaluation, team, now);
        if (state.EligibilityStateHash != told)
        {
            // Synapse's sentence ends in words that make the client repeat the call for half an hour; it is cut before them.
            throw ServiceException.Forbidden("Submissions or Team composition have changed.");
        }

        if (state.TeamEligibility?.IsEligible != true)
        {
            throw ServiceException.Forbidden(
                "The specified Team is ineligible to submit to the specified Evaluation at this time.");
        }

        var eligible = state.MembersEligibility.Where(member => member.IsEligible == true).Select(member => member.PrincipalId).ToHashSet();
        if (contributors.Where(contributor => !eligible.Contains(contributor)).ToList() is { Count: > 0 } refused)
        {
            throw ServiceException.Forbidden(
                "The following Team members are ineligible to contribute to a Submission in the specified Evaluation at this time "
                + $"[{string.Join(", ", refused)}]");
        }
    }

    private TeamSubmissionEligibility Examine(EvaluationRow evaluation, long team, DateTimeOffset now)
    {
        var challenge = challenges.OfProject(evaluation.ProjectId);
        var round = rounds.Current(evaluation, now)
            ?? throw ServiceException.BadRequest("The given date is outside the time range allowed for submissions.");
        bool? isRegistered = challenge is null ? null : challenges.IsRegistered(challenge.Id, team);
        var isFilled = IsFilled(round, now, from => counts.ByTeam(evaluation.Id, team, from, round.RoundEnd));
        var registered = challenge is null ? null : teams.MembersOf(challenge.ParticipantTeamId).ToHashSet();
        var state = new TeamSubmissionEligibility
        {
            TeamId = EntityShape.Text(team),
            EvaluationId = EntityShape.Text(evaluation.Id),
            TeamEligibility = new SubmissionEligibility
            {
                IsRegistered = isRegistered,
                IsQuotaFilled = isFilled,
                IsEligible = isRegistered != false && !isFilled,
            },
            MembersEligibility = [.. teams.MembersOf(team).Order().Select(
                member => Member(evaluation, team, member, registered, round, now))],
        };
        return state with { EligibilityStateHash = Hash(state) };
    }

    private MemberSubmissionEligibility Member(
        EvaluationRow evaluation, long team, long member, HashSet<long>? registered, EvaluationRound round, DateTimeOffset now)
    {
        bool? isRegistered = registered?.Contains(member);
        var isFilled = IsFilled(round, now, from => counts.ByContributor(evaluation.Id, member, from, round.RoundEnd));
        var isElsewhere = counts.IsElsewhere(evaluation.Id, member, team, round.RoundStart, round.RoundEnd);
        return new MemberSubmissionEligibility
        {
            PrincipalId = member,
            IsRegistered = isRegistered,
            IsQuotaFilled = isFilled,
            HasConflictingSubmission = isElsewhere,
            IsEligible = isRegistered != false && !isFilled && !isElsewhere,
        };
    }

    private static bool IsFilled(EvaluationRound round, DateTimeOffset now, Func<DateTimeOffset?, long> count) =>
        (round.Limits ?? []).Any(limit =>
            count(RoundRules.CountedFrom(limit.LimitType!, round.RoundStart, now)) >= limit.MaximumSubmissions);

    // Any number that changes with the state will do: the client sends it back as it came. It must outlive a restart.
    private static int Hash(TeamSubmissionEligibility state)
    {
        var hash = Bits(state.TeamEligibility!.IsEligible, state.TeamEligibility.IsRegistered, state.TeamEligibility.IsQuotaFilled, null);
        foreach (var member in state.MembersEligibility)
        {
            hash = unchecked((hash * 31) + (int)(member.PrincipalId ?? 0));
            hash = unchecked(
                (hash * 31) + Bits(member.IsEligible, member.IsRegistered, member.IsQuotaFilled, member.HasConflictingSubmission));
        }

        return hash;
    }

    private static int Bits(params ReadOnlySpan<bool?> flags)
    {
        var bits = 1;
        foreach (var flag in flags)
        {
            bits = (bits * 3) + (flag is null ? 2 : flag.Value ? 1 : 0);
        }

        return bits;
    }

    private static ServiceException Closed() =>
        ServiceException.Forbidden("It is currently outside of the time range allowed for submissions.");
}
