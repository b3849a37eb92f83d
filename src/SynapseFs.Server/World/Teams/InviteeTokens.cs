using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.World.Teams;

/// <summary>Turns an invitation to an e-mail address into one to the user who has that address.</summary>
internal sealed class InviteeTokens(Invitations invitations, Users users, Seal seal, TimeProvider time)
{
    private const string Type = "org.sagebionetworks.repo.model.InviteeVerificationSignedToken";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public InviteeVerificationToken Issue(Caller caller, long id)
    {
        var invitation = invitations.Require(id);
        if (invitation.ExpiresOn <= time.GetUtcNow())
        {
            throw ServiceException.BadRequest("Indicated MembershipInvitation is expired.");
        }

        if (invitation is not { InviteeId: null, InviteeEmail: { } email })
        {
            throw ServiceException.BadRequest("The indicated invitation must have a null inviteeId and a non null inviteeEmail.");
        }

        if (!string.Equals(users.Get(caller.Id)?.Email, email, StringComparison.OrdinalIgnoreCase))
        {
            throw ServiceException.Forbidden("This membership invitation is not addressed to the authenticated user.");
        }

        var ends = DateTimeOffset.FromUnixTimeMilliseconds((time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds());
        var token = new InviteeVerificationToken
        {
            ConcreteType = Type,
            InviteeId = caller.IdText,
            MembershipInvitationId = invitation.Id,
            ExpiresOn = ends,
        };
        return token with { Hmac = seal.Of(Text(token)) };
    }

    public void Use(Caller caller, long id, InviteeVerificationToken token)
    {
        if (token.InviteeId != caller.IdText || !seal.Fits(Text(token), token.Hmac))
        {
            throw ServiceException.Forbidden($"Unauthorized to UPDATE membership invitation {id}");
        }

        if (token.MembershipInvitationId is null || EntityIds.ParseNumber(token.MembershipInvitationId, "membershipInvitationId") != id)
        {
            throw ServiceException.BadRequest("ID in URI and ID in signed token don't match");
        }

        if (token.ExpiresOn is not { } ends || ends <= time.GetUtcNow())
        {
            throw ServiceException.BadRequest("InviteeVerificationSignedToken is expired");
        }

        if (invitations.Require(id) is not { InviteeId: null, InviteeEmail: not null })
        {
            throw ServiceException.BadRequest(
                "Cannot update inviteeId. The target invitation must have a null inviteeId and a non null inviteeEmail.");
        }

        invitations.SetInvitee(id, caller.Id);
    }

    private static string Text(InviteeVerificationToken token) =>
        $"invitee\n{token.InviteeId}\n{token.MembershipInvitationId}\n{token.ExpiresOn?.ToUnixTimeMilliseconds()}";
}
