namespace ViCA.Native.Evaluation;

/// <summary>The kinds of questions of VSI-Bench, in the order of their names: the order in which scores are added up.</summary>
public enum QuestionType
{
    ObjAppearanceOrder,
    ObjectAbsDistance,
    ObjectCounting,
    ObjectRelDirectionEasy,
    ObjectRelDirectionHard,
    ObjectRelDirectionMedium,
    ObjectRelDistance,
    ObjectSizeEstimation,
    RoomSizeEstimation,
    RoutePlanning,
}
