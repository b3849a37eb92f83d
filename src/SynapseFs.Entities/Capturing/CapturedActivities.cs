using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities.Capturing;

/// <summary>Makes an activity of what was noted about a content, for the call that creates its version.</summary>
internal sealed class CapturedActivities(SynapseClient client)
{
    /// <returns>Null: nothing was noted, or Synapse does not want it. A content is never kept back for the sake of its provenance.</returns>
    /// <exception cref="SynapseException">Trouble on the way.</exception>
    public async Task<Activity?> MakeAsync(LocalContent content, Urgency urgency, CancellationToken cancellationToken)
    {
        if (content.Note is not { } note || OriginNote.Parse(note).ToActivity() is not { } activity)
            return null;
        try
        {
            return await client.Activities.CreateAsync(activity, urgency.ToPriority(), cancellationToken);
        }
        catch (SynapseException exception) when (
            exception.Failure is SynapseFailure.BadRequest or SynapseFailure.Forbidden or SynapseFailure.TooLarge)
        {
            content.NoteRefused(exception.Message);
            return null;
        }
    }
}
